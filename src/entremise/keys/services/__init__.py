"""The store of keys, for every module: scopes, sealed values that can be found again, destruction."""

from entremise.keys.services.backups import (
    adopt_key_files,
    back_up_keys,
    head_of,
    load_keys,
    remove_lapsed_keys,
    traces_of,
)
from entremise.keys.services.cases import erase_keyed, finish_keyed
from entremise.keys.services.destruction import compact, destroy_keys, erased_scopes, settle, settle_alone
from entremise.keys.services.master import (
    WrongMasterKey,
    backup_secret,
    master_key,
    name_of,
    require_master_key,
    require_own_master_key,
    unwrap,
    wrap,
)
from entremise.keys.services.rotation import remove_unused_keys, reseal, rotate_data_key, rotate_master_key
from entremise.keys.services.sharing import join_master_key, split_master_key
from entremise.keys.services.store import (
    INSTALLATION,
    DatabaseKeys,
    author_scope,
    case_scope,
    lookup_hash,
    organisation_scope,
    person_scope,
)
from entremise.keys.services.traces import Traces, adopt_traces, known_traces, outside_traces, read_traces

__all__ = [
    "INSTALLATION",
    "DatabaseKeys",
    "Traces",
    "WrongMasterKey",
    "adopt_key_files",
    "adopt_traces",
    "author_scope",
    "back_up_keys",
    "backup_secret",
    "case_scope",
    "compact",
    "destroy_keys",
    "erase_keyed",
    "erased_scopes",
    "finish_keyed",
    "head_of",
    "join_master_key",
    "known_traces",
    "load_keys",
    "lookup_hash",
    "master_key",
    "name_of",
    "organisation_scope",
    "outside_traces",
    "person_scope",
    "read_traces",
    "remove_lapsed_keys",
    "remove_unused_keys",
    "require_master_key",
    "require_own_master_key",
    "reseal",
    "rotate_data_key",
    "rotate_master_key",
    "settle",
    "settle_alone",
    "split_master_key",
    "traces_of",
    "unwrap",
    "wrap",
]
