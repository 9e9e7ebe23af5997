"""Many posts at the same moment, against the real web server."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.cast import acting
from tests.ground import LiveSite
from valedor.casefile.models import Case, RawMessage
from valedor.channels.web_form.tokens import new_token

from .conftest import the_portal
from .walking import Visitor


def test_one_form_sent_eight_times_at_once_is_one_case(live_site: LiveSite) -> None:
    cast = the_portal()
    fields = {**Visitor().answers(), "token": str(new_token()), "step": "send"}
    body = b"".join(
        f'--xyz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    place = urlsplit(live_site.url)

    def send(_number: int) -> tuple[int, str | None]:
        connection = http.client.HTTPConnection(place.hostname or "", place.port)
        connection.request(
            "POST",
            "/besos/complain",
            body + b"--xyz--\r\n",
            {"Content-Type": "multipart/form-data; boundary=xyz"},
        )
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.headers["Location"]

    with ThreadPoolExecutor(8) as crowd:
        answers = set(crowd.map(send, range(8)))
    with acting(cast):
        [case] = Case.objects.all()
        assert answers == {(302, f"/besos/complain/received/{case.reference}")}
        assert {raw.case_id for raw in RawMessage.objects.all()} == {case.pk}
        assert RawMessage.objects.count() == 8
