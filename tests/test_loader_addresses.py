"""Web addresses come out alike, whether they were looked at twice or not."""

from hypothesis import given
from hypothesis import strategies as st

from loaders.assets import address

hosts = st.from_regex(r"[a-z0-9-]{1,9}(\.[a-z0-9-]{1,9}){0,4}", fullmatch=True)
paths = st.text("aZ09/_.~%+=&?#;:@[]()-é ", max_size=20)
schemes = st.sampled_from(("http://", "https://", "HTTP://", "hxxp://", "ftp://", ""))


@given(schemes, hosts, paths)
def test_an_address_in_plain_form_is_what_a_second_look_would_make_of_it(
    scheme: str, host: str, path: str
) -> None:
    spelled = f"{scheme}{host}{path}"
    # what does not begin plainly is taken apart
    assert address(spelled) == address(f" {spelled}")
