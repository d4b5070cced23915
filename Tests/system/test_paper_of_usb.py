"""What crosses the cable to an emulated USB printer, status questions and all, put on paper by an interpreter."""

import pytest

from escpos.items import Completion
from escpos.paper import printed
from escpos.profile import profiles
from escpos.reading import assert_same_text
from goods import open_good
from station_printer import DONE, ENDS
from test_paper import NASTY_NAMES
from test_paper_of_profiles import RARE_NAMES, DrawnLines
from test_posd_prints import printing, pytestmark  # noqa: F401


EMULATED = {"epson-tm-t88vi": ("--profile", "epson-class"), "zjiang-58": ()}


@pytest.mark.parametrize("id", EMULATED)
def test_the_bytes_of_the_cable_are_the_receipt_and_nothing_else(printing, id):  # noqa: F811
    profile = profiles()[id]
    station = printing(*EMULATED[id], settings={"POSD_PRINTER_PROFILE": id})

    sold = station.till.sell([open_good(name, 1230) for name in NASTY_NAMES + RARE_NAMES])

    assert station.job_in(sold, ENDS)["state"] in DONE
    text = station.till.client.get(f"/sales/{sold['id']}/receipt.txt?columns={profile.columns}").text
    station.stop()
    paper = printed(station.taken(), profile)
    assert_same_text(paper, text, DrawnLines(profile.encoding))
    assert len(paper.of(Completion)) == profile.has_completion
