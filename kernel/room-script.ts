// The text of what builds a room and is its first process afterwards. It is fixed: what differs from room to room comes by
// arguments, descriptors and standard input.

/** Each line of `.bashrc` in a room: the prompt says where one is, in colour unless NO_COLOR is set (no-color.org). */
const bashrc = String.raw`[ -n "$PS1" ] || return
if [ -n "$NO_COLOR" ]; then PS1='\${FIREBREAK_WORKLOAD} [\${FIREBREAK_LAB}] \w # '
else
	PS1='\[\e[1;33m\]\${FIREBREAK_WORKLOAD}\[\e[0m\] [\${FIREBREAK_LAB}] \w # '
	alias ls='ls --color=auto' grep='grep --color=auto' ip='ip --color=auto'
fi`.replaceAll('\\$', '$');

/** What may be known of the host under /etc: nothing that is anybody's secret. */
const etcFolders =
	'alternatives ssl/certs pki/ca-trust pki/tls/certs crypto-policies terminfo postgresql-common iproute2 perl python3';
const etcFiles =
	'ld.so.cache ld.so.conf ld.so.conf.d ssl/openssl.cnf services protocols localtime mime.types os-release debian_version';

/** What a process may read of the whole machine under /proc although it is nobody there; hidden. */
const hidden = 'cmdline kallsyms kcore key-users keys kmsg modules sched_debug sysrq-trigger timer_list';

/** Where it is built: below a mount of its own, so that nothing of the host can be mounted there. */
const root = '/tmp/firebreak-room';

/**
 * Arguments: the id of the workload's root as the engine has it, how nsenter(1) enters the workload's user namespace, a
 * line of resolv.conf or nothing, the hostname, and how many processes the room may have, where the kernel can limit that.
 * Descriptor 3 is that namespace. Standard input: hosts. Says `ready` when nothing of the host is left but what is bound.
 *
 * What is bound is read-only and without set-user-id. A mount that came along below (a disk at /usr/local, say) is looked
 * up and made read-only by itself, with the flags it had: a mount of another user namespace may not lose them
 * (mount_namespaces(7), "Restrictions on mount namespaces"). One that stays writable ends it.
 *
 * pivot_root(2), "pivot_root(".", ".")": the old root lies over the new one, and is taken away.
 */
export const roomScript = `set -eu
umask 022
fail() { echo "$*" >&2; exit 1; }
mount -t tmpfs -o mode=755,nosuid room /tmp
mkdir ${root}
mount -t tmpfs -o mode=755,size=4m,nr_inodes=8k,nosuid room ${root}
cd ${root}
mkdir etc etc/ssl dev dev/pts dev/shm proc tmp run root var srv home mnt
cat >etc/hosts
for name in usr bin sbin lib lib32 lib64 libx32 opt nix; do
	if [ -L "/$name" ]; then ln -s "$(readlink "/$name")" "$name"
	elif [ -d "/$name" ]; then mkdir "$name"; echo "/$name ${root}/$name none rbind,ro,nosuid,nodev 0 0"; fi
done >etc/fstab
for name in ${etcFolders}; do
	[ ! -d "/etc/$name" ] || { mkdir -p "etc/$name"; echo "/etc/$name ${root}/etc/$name none rbind,ro,nosuid,nodev 0 0"; }
done >>etc/fstab
for name in null zero full random urandom tty; do
	: >"dev/$name"
	echo "/dev/$name ${root}/dev/$name none bind 0 0"
done >>etc/fstab
cat >>etc/fstab <<END
none ${root}/dev/pts devpts newinstance,ptmxmode=0666,mode=0620,nosuid,noexec 0 0
none ${root}/dev/shm tmpfs mode=1777,size=16m,nr_inodes=4k,nosuid,nodev 0 0
none ${root}/tmp tmpfs mode=1777,size=128m,nr_inodes=64k,nosuid,nodev 0 0
none ${root}/run tmpfs mode=755,uid=$1,gid=$1,size=16m,nr_inodes=4k,nosuid,nodev 0 0
none ${root}/root tmpfs mode=700,uid=$1,gid=$1,size=64m,nr_inodes=16k,nosuid,nodev 0 0
none ${root}/var tmpfs mode=755,uid=$1,gid=$1,size=64m,nr_inodes=16k,nosuid,nodev 0 0
none ${root}/proc proc nosuid,nodev,noexec 0 0
END
for name in ${hidden}; do
	[ ! -e "/proc/$name" ] || echo "/dev/null ${root}/proc/$name none bind,ro 0 0"
done >>etc/fstab
for name in ${etcFiles}; do
	[ ! -e "/etc/$name" ] || cp -RL "/etc/$name" "etc/$name"
done
mount -a -T etc/fstab || :
rm etc/fstab
[ -e proc/self/mountinfo ] || fail 'no /proc could be mounted'
while read -r _ _ _ _ at options _; do
	case $at in *\\\\*) at=$(printf '%b' "$(printf '%s' "$at" | sed 's/\\\\/\\\\0/g')") ;; esac
	case $at,$options in
	${root}/dev/* | ${root}/tmp,* | ${root}/run,* | ${root}/root,* | ${root}/var,* | ${root}/proc,* | *,ro | *,ro,*) ;;
	${root}/*) mount -o "remount,bind,$options,ro,nosuid,nodev" "$at" || fail "$at stays writable" ;;
	esac
done </proc/self/mountinfo
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for name in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/\${name%:*}" "dev/\${name#*:}"; done
ln -s /proc/self/mounts etc/mtab
mkdir var/tmp var/log var/lib var/cache var/spool var/empty
chmod 1777 var/tmp
chown "$1:$1" var/*
# A link after that: chown would follow it, out of here.
ln -s /run var/run
echo 'root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/:/usr/sbin/nologin' >etc/passwd
echo 'root:x:0:
nogroup:x:65534:' >etc/group
echo 'passwd: files
group: files
hosts: files dns
services: files
protocols: files' >etc/nsswitch.conf
printf '%s\\n' "$4" >etc/hostname
printf 'nameserver 127.0.0.53\\noptions attempts:1\\n%s' "$3" >etc/resolv.conf
cat >root/.bashrc <<'END'
${bashrc}
END
if [ -n "$5" ]; then
	echo "$5" >proc/sys/kernel/pid_max
	mount -o bind,ro proc/sys/kernel/pid_max ${root}/proc/sys/kernel/pid_max
fi
pivot_root . .
umount -l .
cd /
mount -o remount,bind,ro,nosuid /
exec nsenter --user=/proc/self/fd/3 $2 sh -c '
exec 3<&- 4>&1 </dev/null >/dev/null 2>&1
echo ready >&4
exec 4>&-
while :; do sleep 3600; done'
`;
