"""The frozen text: one spelling, one order, one hash, and back again."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Claim, sorted_claims
from hiringkit.disclosures.rules.document import (
    canonical_document,
    claim_payload,
    content_hash,
    read_document,
    typed_values,
)
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.values import UnreadableError, plain_values
from hiringkit.foundation.errors import InvalidError
from tests.disclosures.answers import claim, complete


def test_the_order_in_which_claims_come_does_not_matter() -> None:
    claims = complete()
    random.Random(7).shuffle(claims)
    assert canonical_document(claims) == canonical_document(complete())


def test_the_text_is_sorted_compact_utf8_without_floats() -> None:
    text = canonical_document([claim("workload.people", value="6.50"), claim("pay.level", value="Größe 2")])
    content = json.loads(text, parse_float=pytest.fail)
    assert text == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Größe" in text
    assert content["asked"] == list(FIELDS)
    assert [one["field"] for one in content["claims"]] == ["workload.people", "pay.level"]
    assert content["claims"][0]["values"] == {"value": "6.5"}


def test_equal_numbers_written_differently_have_the_same_hash() -> None:
    one, other = (canonical_document([claim("workload.people", value=typed)]) for typed in ("1,200", "1200.00"))
    assert content_hash(one) == content_hash(other)


@pytest.mark.parametrize("place", range(len(complete())))
def test_any_change_of_any_claim_changes_the_hash(place: int) -> None:
    claims = complete()
    without = [*claims[:place], *claims[place + 1 :]]
    assert content_hash(canonical_document(without)) != content_hash(canonical_document(claims))


def test_the_hash_is_sha256_of_the_bytes() -> None:
    assert content_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_frozen_text_reads_back_as_the_same_claims() -> None:
    document = read_document(canonical_document(complete()))
    assert document.claims == sorted_claims(complete())
    assert document.asked == tuple(FIELDS)


@given(st.text(min_size=1, max_size=60), st.text(max_size=30))
def test_any_reason_and_owner_survive_the_round_trip(reason: str, owner: str) -> None:
    told = Claim("workload.on-call", none_reason=reason, owner=owner)
    try:
        text = canonical_document([told])
        text.encode()
    except UnicodeEncodeError:
        return
    assert read_document(text).claims == (told,)


def test_a_false_answer_is_kept_and_an_empty_one_left_out() -> None:
    row = claim("scope.decision-rights", decision="Ship", decides="Me", stop="You", alone="no")
    payload = claim_payload(row)
    assert payload["values"] == {"decision": "Ship", "decides": "Me", "stop": "You", "alone": False}
    assert "none_reason" not in payload


def test_months_are_stored_as_a_list_of_texts() -> None:
    season = claim("workload.season", value=" ".join(str(number) for number in range(1, 13)))
    plain = plain_values(season.values)
    assert plain == {"value": [str(number) for number in range(1, 13)]}
    assert typed_values(FIELDS["workload.season"], plain) == dict(season.values)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":2,"asked":[],"claims":[]}', "null", '{"format":1}'])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidError):
        read_document(text)


def test_a_frozen_row_of_an_unknown_shape_is_refused() -> None:
    text = '{"format":1,"asked":[],"claims":[{"field":"workload.people","row":"0","values":{"value":"6"}}]}'
    with pytest.raises(InvalidError):
        read_document(text)


def test_stored_values_of_the_wrong_kind_are_refused() -> None:
    with pytest.raises(UnreadableError):
        typed_values(FIELDS["workload.people"], {"value": {"six": 6}})
    with pytest.raises(KeyError):
        typed_values(FIELDS["workload.people"], {"people": "6"})
