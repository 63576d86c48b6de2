"""Times the pages as a signed-in person opens them, one after the other, in this process."""

import datetime as dt
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.interventions.models import Intervention
from entremise.places.queries import search_communes
from entremise.places.services import communes
from tools.bench.fill import END, Tenant
from tools.bench.readings import measure_readings

COMMUNES = "communes, as one types"
REPEATS = 60
WARM_UP = 3


def pages() -> dict[str, tuple[str, Callable[[Tenant, random.Random], str]]]:
    """Name → (who opens it, the address for one organisation)."""

    def fixed(name: str, query: str = "") -> Callable[[Tenant, random.Random], str]:
        return lambda _tenant, _dice: reverse(name) + query

    def detail(tenant: Tenant, dice: random.Random) -> str:
        at = END - dt.timedelta(days=dice.randint(1, 900))
        act = Intervention.objects.filter(organisation_id=tenant.organisation_id, occurred_at__lt=at).first()
        return reverse("interventions:detail", args=[act.pk])

    def log(tenant: Tenant, dice: random.Random) -> str:
        day = (END - dt.timedelta(days=dice.randint(1, 900))).date()
        return reverse("presence:log", args=[tenant.teams[0]]) + f"?jour={day}"

    def report(period: str) -> Callable[[Tenant, random.Random], str]:
        return lambda tenant, _dice: reverse("statistics:report") + f"?convention={tenant.convention}&periode={period}"

    return {
        "list": ("supervisor", fixed("interventions:list", "?periode=tout")),
        "list, 90 days": ("mediator", fixed("interventions:list")),
        "list, one register": ("supervisor", fixed("interventions:list", "?periode=tout&registre=conflit_temps_reel")),
        "list, one outcome": ("mediator", fixed("interventions:list", "?periode=tout&resultat=refus")),
        "list, rare danger": ("supervisor", fixed("interventions:list", "?periode=tout&danger=on")),
        "list, page 10": ("supervisor", fixed("interventions:list", "?periode=tout&page=10")),
        "detail": ("supervisor", detail),
        "log": ("supervisor", log),
        "today": ("supervisor", fixed("presence:today")),
        "rounds": ("supervisor", fixed("presence:rounds")),
        "defects": ("supervisor", fixed("presence:defects")),
        "observations": ("supervisor", fixed("presence:observations")),
        "report, one month": ("supervisor", report("2026-10")),
        "report, one year": ("supervisor", report("2025")),
    }


def measure(tenants: list[Tenant], engine: str, size: int, only: set[str] | None = None) -> Iterator[dict[str, Any]]:
    """One result a page, the communes, then the readings: name, engine, size, median_ms, p95_ms, queries, rss_mb."""
    dice = random.Random(7)
    clients = {role: [(t, _client(t, role)) for t in tenants] for role in ("mediator", "supervisor")}
    for name, (role, address) in pages().items():
        if only and name not in only:
            continue
        durations, queries = [], 0
        for turn in range(WARM_UP + REPEATS):
            tenant, client = dice.choice(clients[role])
            path = address(tenant, dice)
            connection.queries_log.clear()  # it holds 9,000 lines, then counts nothing more
            with CaptureQueriesContext(connection) as captured:
                start = time.perf_counter()
                response = client.get(path)
                elapsed = (time.perf_counter() - start) * 1000
            if response.status_code != 200:
                raise RuntimeError(f"{name}: {path} answered {response.status_code}")
            if turn >= WARM_UP:
                durations.append(elapsed)
                queries = max(queries, len(captured))
        yield result(name, engine, size, durations, queries)
    if not only or COMMUNES in only:
        yield result(COMMUNES, engine, communes.import_communes(), list(_commune_searches()), 1)
    for name, durations in measure_readings(only or set()):
        yield result(name, engine, size, durations, 0)


def _commune_searches() -> Iterator[float]:
    """Milliseconds of each search over the whole national list (aim: 50)."""
    for typed in ("saint", "la chapelle", "saint denis", "le havre", "zzz", "762", "59350") * 10:
        start = time.perf_counter()
        search_communes(typed)
        yield (time.perf_counter() - start) * 1000


def result(name: str, engine: str, size: int, durations: list[float], queries: int) -> dict[str, Any]:
    """The line of build/bench.json."""
    return {
        "name": name,
        "engine": engine,
        "size": size,
        "median_ms": round(statistics.median(durations), 1),
        "p95_ms": round(statistics.quantiles(durations, n=20)[-1], 1),
        "queries": queries,
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _client(tenant: Tenant, role: str) -> Client:
    client = Client()
    client.force_login(tenant.people[role], backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor_done"] = True
    session.save()
    return client
