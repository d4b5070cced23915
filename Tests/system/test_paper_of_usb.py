"""What crosses the cable to an emulated USB printer, status questions and all, put on paper by an interpreter."""

import pytest

from escpos.items import Completion
from escpos.paper import printed
from escpos.profile import profiles
from escpos.reading import assert_same_text
from goods import open_good
from test_posd_prints import job_of, printing, pytestmark  # noqa: F401
from test_paper import NASTY_NAMES
from test_paper_of_profiles import RARE_NAMES, DrawnLines


@pytest.mark.parametrize("id", ["epson-tm-t88vi", "zjiang-58"])
def test_the_bytes_of_the_cable_are_the_receipt_and_nothing_else(printing, id):  # noqa: F811
    profile = profiles()[id]
    capture, till = printing(settings={"POSD_PRINTER_PROFILE": id})

    sold = till.sell([open_good(name, 1230) for name in NASTY_NAMES + RARE_NAMES])

    assert job_of(till, sold, {"printed", "accepted", "failed", "possiblyPrinted"})["state"] in ("printed", "accepted")
    text = till.client.get(f"/sales/{sold['id']}/receipt.txt?columns={profile.columns}").text
    till.client.daemon.stop()
    paper = printed(capture.read_bytes(), profile)
    assert_same_text(paper, text, DrawnLines(profile.encoding))
    assert len(paper.of(Completion)) == profile.has_completion
