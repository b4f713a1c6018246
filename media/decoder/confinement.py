"""The guarded process takes from itself all that decoding does not need: files, network, processes, privileges.

It comes last, when all libraries are loaded: pictures arrive as open descriptors, and nothing is opened afterwards.
A barrier that the system does not grant is named, and the others hold all the same. Linux only.
"""

import ctypes
import errno
import os
import resource
import sys
from collections.abc import Callable

from media.decoder.messages import Gap

_NOBODY = 65534
_NO_NEW_PRIVILEGES = 38
_NEW_IPC, _NEW_USER, _NEW_NET = 0x08000000, 0x10000000, 0x40000000
_ALLOW, _ANSWER = 0x7FFF0000, 0x00050000  # SCMP_ACT_ALLOW, SCMP_ACT_ERRNO
_NOT_EQUAL, _MASKED_EQUAL = 1, 7  # SCMP_CMP_NE, SCMP_CMP_MASKED_EQ
_CLONE_THREAD = 0x00010000
_PROCESSES_MAX = 64
"""Where the filter is missing. Threads count too, and the library for HEIC starts some."""
_REFUSED_CALLS = (
    "open openat openat2 creat open_by_handle_at memfd_create "
    "socket socketpair connect bind listen accept accept4 io_uring_setup io_uring_enter io_uring_register "
    "fork vfork execve execveat unshare setns "
    "ptrace process_vm_readv process_vm_writev pidfd_getfd pidfd_open perf_event_open bpf userfaultfd "
    "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal "
    "unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat mkdir mkdirat rmdir mknod mknodat "
    "chmod fchmodat fchmodat2 chown lchown fchownat truncate chdir chroot pivot_root mount umount2 "
    "keyctl add_key request_key shmget msgget semget init_module finit_module delete_module kexec_load reboot"
)


class _Condition(ctypes.Structure):
    """scmp_arg_cmp: one argument of a system call, compared."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("compared", ctypes.c_int),
        ("a", ctypes.c_uint64),
        ("b", ctypes.c_uint64),
    )


def confine() -> list[Gap]:
    """Shut this process in. Returns the barriers that are missing; never raises."""
    if sys.platform != "linux":
        return list(Gap)
    library = ctypes.CDLL(None, use_errno=True)
    is_offline = _leave_the_network(library)
    is_nobody = _granted(_become_nobody)
    is_plain = library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    is_filtered = _granted(_refuse_calls)
    is_counted = is_nobody and _granted(
        lambda: resource.setrlimit(resource.RLIMIT_NPROC, (_PROCESSES_MAX, _PROCESSES_MAX))
    )
    holds = {
        Gap.PRIVILEGES: is_plain,
        Gap.NETWORK: is_filtered or is_offline,
        Gap.FILES: is_filtered or is_nobody,
        Gap.PROCESSES: is_filtered or is_counted,
    }
    return [gap for gap, is_closed in holds.items() if not is_closed]


def _granted(step: Callable[[], None]) -> bool:
    try:
        step()
    except (OSError, ValueError, AttributeError):
        return False
    return True


def _leave_the_network(library: ctypes.CDLL) -> bool:
    """Into a namespace without interfaces. Without root it takes a user namespace too, which some systems refuse."""
    more = 0 if os.geteuid() == 0 else _NEW_USER
    return library.unshare(more | _NEW_NET | _NEW_IPC) == 0


def _become_nobody() -> None:
    """Root's own powers, and the way to read other processes' environment, go with the user."""
    if os.geteuid() != 0:
        raise PermissionError
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _refuse_calls() -> None:
    """A filter of system calls by libseccomp, which the package managers and systemd bring along."""
    filters = ctypes.CDLL("libseccomp.so.2")
    filters.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(filters.seccomp_init(ctypes.c_uint32(_ALLOW)))
    if not context.value:
        raise OSError
    try:
        for name in _REFUSED_CALLS.split():
            _refuse(filters, context, name)
        _refuse(filters, context, "prlimit64", _Condition(0, _NOT_EQUAL, 0, 0))
        _refuse(filters, context, "clone", _Condition(0, _MASKED_EQUAL, _CLONE_THREAD, 0))
        _refuse(filters, context, "clone3", answer=errno.ENOSYS)  # its flags lie in memory: the C library takes clone
        if filters.seccomp_load(context) != 0:
            raise OSError
    finally:
        filters.seccomp_release(context)


def _refuse(
    filters: ctypes.CDLL, context: ctypes.c_void_p, name: str, *conditions: _Condition, answer: int = errno.EPERM
) -> None:
    number = filters.seccomp_syscall_resolve_name(name.encode())
    if number == -1:  # younger than this libseccomp
        return
    rule_conditions = (_Condition * len(conditions))(*conditions)
    action = ctypes.c_uint32(_ANSWER | answer)
    if filters.seccomp_rule_add_array(context, action, number, ctypes.c_uint(len(conditions)), rule_conditions) != 0:
        raise OSError
