"""The official deposit at its size: ``python -m tools.bench.deposits`` (part of ``make bench``)."""

import datetime as dt
import io
import resource
import sys
import time

SIZE, SLOWEST_S = 10_000, 20
NAME = "official deposit, passages"


def run() -> int:
    """Write the passages once and say how long it took; 1 when it is too slow."""
    import django

    django.setup()
    from entremise.certification import deposit_file
    from entremise.certification.commands import CivilStatus
    from entremise.certification.deposit_file import Header, Passage

    day = dt.date(2026, 6, 30)
    person = CivilStatus(
        sex="F",
        birth_name="Lafleur-Ménez",
        first_names="Camille, Rose",
        born_on="1990-04-12",
        birth_place="Toulouse",
        birth_code="31555",
    )
    passages = [Passage(f"passage-{rank}", "RNCP41674", person, "continuing", day) for rank in range(SIZE)]
    header = Header("flux", dt.datetime(2026, 7, 1, tzinfo=dt.UTC), "AB123CDE", "E564ACB0", "1")
    target = io.StringIO()
    start = time.process_time()
    fit = [one for one in passages if not deposit_file.passage_faults(one, day)]
    deposit_file.write(header, fit, target)
    spent = time.process_time() - start
    size, memory = len(target.getvalue()) / 1e6, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{NAME}: {len(fit):,} in {spent:.1f} s of processor ({size:.1f} MB of file, {memory:.0f} MB of memory)")
    return int(spent > SLOWEST_S or len(fit) != SIZE)


if __name__ == "__main__":
    sys.exit(run())
