"""The recovery ceremony: the master key split among people, so that a few of them together find it again.

Shamir's scheme as SLIP-0039 writes it: each part is a line of 33 words with a checksum, so that a part copied wrong
is told from a right one, and a set of parts that do not belong together is refused.
"""

import shamir_mnemonic
from shamir_mnemonic.utils import MnemonicError

from entremise.core.errors import Refused
from entremise.keys.services.master import read_key, write_key

MAX_PARTS = 16


def split_master_key(*, written: str, parts: int, threshold: int) -> list[str]:
    """The parts, each a line of words; any ``threshold`` of them find the key again. Raises Refused."""
    if not 2 <= threshold <= parts <= MAX_PARTS:
        raise Refused(
            f"Il faut au moins 2 parts pour retrouver la clé, et entre ce nombre et {MAX_PARTS} parts en tout."
        )
    (group,) = shamir_mnemonic.generate_mnemonics(1, [(threshold, parts)], read_key(written))
    return list(group)


def join_master_key(parts: list[str]) -> str:
    """The master key, written as the settings take it; raises Refused when the parts do not give one."""
    told = [" ".join(part.split()).lower() for part in parts if part.strip()]
    try:
        return write_key(shamir_mnemonic.combine_mnemonics(told))
    except MnemonicError as error:
        raise Refused(_why(told)) from error


def _why(parts: list[str]) -> str:
    for rank, part in enumerate(parts, 1):
        try:
            share = shamir_mnemonic.share.Share.from_mnemonic(part)
        except MnemonicError:
            return f"La part n° {rank} est mal recopiée : un mot manque, est en trop ou a changé. Relisez-la."
    if not parts:
        return "Aucune part n’a été donnée."
    if len(set(parts)) < len(parts):
        return "Deux parts sont identiques : chacune ne compte qu’une fois."
    if len(parts) != share.member_threshold:
        return f"Il faut {share.member_threshold} parts, ni plus ni moins ; il y en a {len(parts)}."
    return "Ces parts ne viennent pas du même partage : rassemblez celles d’une même cérémonie."
