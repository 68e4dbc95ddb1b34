"""What the rules know of English text without a tagger: lexemes, sentences, word lists, plurals and verbs."""
