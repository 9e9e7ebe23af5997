"""Keys of the desk: told on a page of their own, and only what may be done."""

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Stage
from valedor.desk import keys
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import page_of, words_of


def test_the_page_tells_every_key(cast: Cast, sign_in: SignIn) -> None:
    shown = sign_in(cast.bruno).get("/desk/keys")
    page = shown.content.decode()
    assert "<kbd>g</kbd> <kbd>m</kbd>" in page
    assert "Keyboard shortcuts" in words_of(shown)
    assert 'data-keys="?"' in page


def test_no_two_keys_of_a_page_are_one(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.carla).get("/desk/keys")
    everywhere = [key["each"] for group in page.context["groups"] for key in group["keys"]]
    told = [" ".join(one) for one in everywhere]
    assert len(told) == len(set(told))
    # None is the beginning of another: it would never be heard to its end.
    firsts = {one.split()[0] for one in told if " " in one}
    assert not firsts & set(told)
    assert keys.in_lists()


def test_a_case_has_keys_for_what_can_be_done_now(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    page = bruno.get(page_of(case)).content.decode()
    assert f'data-keys="t" href="{page_of(case, "taking")}"' in page
    assert 'data-keys="a"' not in page  # Nothing is decided: there is no answer to write.
    closed = people.a_case(cast, stage=Stage.CLOSED)
    assert 'data-keys="t"' not in bruno.get(page_of(closed)).content.decode()
