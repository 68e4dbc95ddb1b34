"""The API process: wiring only. Started with ``uvicorn api.main:app_from_environment --factory``."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

import anyio.to_thread
from fastapi import FastAPI

import tracing
from api import articles, batches, checks, claims, events, health, jobs, logs, metrics, stats, webhooks
from api.dependencies import create_services
from api.error_handlers import add_error_handlers
from api.exchange import ExchangeMiddleware
from api.openapi import build_openapi
from api.settings import Settings, read_settings
from api.stopping import told_of_stop_signals
from api.web import interface, page
from runtime.settings import SettingsError


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings. It connects to nothing before the first request."""
    services = create_services(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # More threads than this would only wait for each other's database connections.
        anyio.to_thread.current_default_thread_limiter().total_tokens = 2 * settings.database_pool_size
        with told_of_stop_signals(services.stop_waiting):
            yield
        services.close()
        await anyio.to_thread.run_sync(tracing.stop)

    app = FastAPI(
        title="Tally",
        version=version("tally"),
        lifespan=lifespan,
        redirect_slashes=False,
        # `interface` shows the description without loading anything from elsewhere.
        docs_url=None,
        redoc_url=None,
        # FastAPI's own spans hold the query; ours are made in `exchange`.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.services = services
    modules = (articles, checks, batches, jobs, events, claims, stats, webhooks, health, metrics, page, interface)
    for module in modules:
        app.include_router(module.router)
    add_error_handlers(app)
    app.add_middleware(ExchangeMiddleware, timeout=settings.request_timeout, metrics=services.metrics)
    app.openapi = lambda: build_openapi(app)  # type: ignore[method-assign]  # FastAPI's documented way
    return app


def app_from_environment() -> FastAPI:
    """The application for the settings of the environment; ends the process with a clear line if they are wrong."""
    try:
        settings = read_settings()
    except SettingsError as error:
        sys.exit(f"tally api: {error}")
    logs.configure(settings.log_level)
    tracing.start("tally-api")
    return create_app(settings)
