# What `ganger agent install`, `agent uninstall`, `coordinator install` and `coordinator uninstall` do on the host itself, in any POSIX
# shell. It comes through ssh as the text of a command and is never stored there, so that standard input is free for what it needs:
#
#   look                what there is: a fact a line
#   unpack <ARCHIVE     puts the programs into PREFIX/ganger-VERSION, beside those that run
#   start  <TOKEN       makes the service of them and starts it; one that runs drains first
#   state               whether it runs, and the end of its log
#   admit               lets the user CALLER in as the first admin of the coordinator
#   remove              drains the service and takes it away; with purge=yes also what it kept
#
# Words are NAME=VALUE; `line` is a line of the service's configuration and may be repeated. Facts go to standard output, a name and a value
# a line. What goes wrong is a sentence on standard error, and exit code 1.
set -eu
umask 022
export LC_ALL=C
case :$PATH: in *:/usr/sbin:*) ;; *) PATH=$PATH:/usr/sbin:/sbin ;; esac

fail() { printf '%s\n' "$1" >&2 && exit 1; }
fact() { printf '%s %s\n' "$1" "$2"; }
is_root() { [ "$(id -u)" = 0 ]; }
has_systemd() { is_root && [ -d /run/systemd/system ]; }

read_words() {
    verb=$1 role='' prefix='' user='' name='' version='' rewrite='' purge='' caller='' lines=''
    shift
    for word; do
        value=${word#*=}
        case $word in
            role=*) role=$value ;;
            prefix=*) prefix=$value ;;
            user=*) user=$value ;;
            name=*) name=$value ;;
            version=*) version=$value ;;
            rewrite=*) rewrite=$value ;;
            purge=*) purge=$value ;;
            caller=*) caller=$value ;;
            line=*) lines="$lines$value
" ;;
            *) fail "expected a word that the host knows, found '$word'" ;;
        esac
    done
}

# Where everything is: root installs for the machine, everybody else for themselves.
find_places() {
    if is_root; then
        : "${prefix:=/opt/ganger}" "${user:=ganger}"
        home=/var/lib/ganger kept=/var/lib/ganger config=/etc/ganger/$role.yaml command=/usr/local/bin/ganger
    else
        : "${prefix:=$HOME/.local/lib/ganger}"
        user=$(id -un 2>/dev/null || id -u)
        home=$HOME kept=${XDG_DATA_HOME:-$HOME/.local/share}/ganger config=${XDG_CONFIG_HOME:-$HOME/.config}/ganger/$role.yaml
        command=$HOME/.local/bin/ganger
    fi
    service=ganger-$role
    program=$prefix/$role/bin/ganger # PREFIX/agent and PREFIX/coordinator are links to the version in use
    unit=/etc/systemd/system/$service.service
    join=/run/$service.join          # the unit's EnvironmentFile, for as long as the service starts
    script=$prefix/$service          # where there is no systemd
    data=$(configured data)
}

# configured KEY: what the configuration of the service says, as `start` writes it.
configured() {
    [ ! -r "$config" ] || sed -n "/^$1: */{s///;s/^'\(.*\)'\$/\1/;s/''/'/g;p;q;}" "$config"
}

# --- look ---

look() {
    fact system "$(uname -s)"
    fact machine "$(uname -m)"
    fact libc "$(getconf GNU_LIBC_VERSION 2>/dev/null || echo none)"
    fact host "$(uname -n)"
    fact user "$(id -un 2>/dev/null || id -u)" # who asks
    fact root "$(yes_if is_root)"
    fact sudo "$(is_root || yes_if sudo -n true)"
    fact systemd "$(yes_if test -d /run/systemd/system)"
    fact missing "$(missing_tools tar gzip sed awk df mktemp)"
    fact prefix "$prefix"
    fact room "$(room_kib)"
    fact version "$(version_in_use)"
    fact name "$(configured name)"
    fact pid "$(running_pid)"
    fact met "$(yes_if has_met)"
}

yes_if() { if "$@" >/dev/null 2>&1 </dev/null; then echo yes; else echo no; fi; }

missing_tools() {
    missing=
    for tool; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
    echo "${missing# }"
}

room_kib() {
    folder=$prefix
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    df -Pk "$folder" | awk 'NR == 2 { print $4 }'
}

version_in_use() {
    link=$(readlink "$prefix/$role" 2>/dev/null) || return 0
    [ ! -x "$program" ] || echo "${link#ganger-}"
}

# 0 if it does not run.
running_pid() {
    if [ -e "$unit" ] && has_systemd; then
        systemctl show --property MainPID --value "$service"
    elif [ -x "$script" ]; then
        "$script" pid
    else
        echo 0
    fi
}

# Whether an agent that runs says that it has met its coordinator.
has_met() {
    if [ -e "$unit" ] && has_systemd; then
        [ "$(of_unit ActiveState)" = active ]
    else
        [ "$(running_pid)" != 0 ] && grep -q 'connected to the coordinator' "$data/log"
    fi
}

# --- unpack ---

unpack() {
    mkdir -p "$prefix" || fail "cannot make the folder $prefix as $(id -un)"
    rm -rf "$prefix"/.unpack.* # of somebody who was killed
    staging=$(mktemp -d "$prefix/.unpack.XXXXXX")
    at_end 'rm -rf "$staging"'
    tar -C "$staging" -xzof - || fail "the archive could not be unpacked into $prefix"
    for found in "$staging"/*/bin/ganger; do :; done
    [ -x "$found" ] || fail "the archive holds no bin/ganger"
    version=$("$found" --version) || fail "the programs of the archive do not run on this host"
    version=${version#ganger }
    place=$prefix/ganger-$version
    if [ ! -d "$place" ]; then
        chmod 755 "${found%/bin/ganger}"
        mv "${found%/bin/ganger}" "$place"
    fi
    fact version "$version"
}

# Does it also when the connection breaks or somebody presses Ctrl-C.
at_end() {
    trap "$1" EXIT
    trap 'exit 129' HUP INT TERM
}

# --- start ---

start() {
    token=$(cat)
    is_root && make_user
    configure
    stop_service
    ln -sfn "ganger-$version" "$prefix/$role"
    [ -e "$command" ] || { mkdir -p "${command%/*}" && ln -sfn "$program" "$command"; }
    if has_systemd; then start_unit; else start_script; fi
    remove_unused_versions
    fact pid "$(running_pid)"
    fact user "$user"
    [ ! -r "$data/address" ] || fact address "$(cat "$data/address")"
    make_caches
}

make_user() {
    if ! id "$user" >/dev/null 2>&1; then
        [ "$user" = ganger ] || fail "there is no user '$user' on this host; make it, or leave --user out"
        useradd --system --user-group --home-dir "$home" --shell /usr/sbin/nologin "$user"
    fi
    mkdir -p "$home"
    [ "$user" != ganger ] || chown "$user:" "$home"
}

# What is configured stays, unless something else is asked for.
configure() {
    if [ ! -e "$config" ] || [ "$rewrite" = yes ]; then
        [ -n "$data" ] || data=$kept/$role
        [ "$role" != agent ] || data=$kept/agent/$(printf %s "$name" | tr / _)
        mkdir -p "${config%/*}"
        [ ! -e "$config" ] || cp "$config" "$config.old"
        {
            [ -z "$name" ] || echo "name: $(in_yaml "$name")"
            echo "data: $(in_yaml "$data")"
            printf %s "$lines"
        } >"$config.new"
        mv "$config.new" "$config"
    fi
    : "${data:=$kept/$role}"
    mkdir -p "$data"
    chmod 700 "$data"
    ! is_root || chown -R "$user:" "$data"
    ! is_root || [ "$role" != agent ] || chown "$user:" "${data%/*}"
}

in_yaml() { printf "'%s'\n" "$(printf %s "$1" | sed "s/'/''/g")"; }

start_unit() {
    sed "s|/opt/ganger/|$prefix/|g; s|^User=.*|User=$user|" "$prefix/$role/share/systemd/$service.service" >"$unit"
    at_end 'rm -f "$join"'
    [ -z "$token" ] || (umask 077 && printf 'GANGER_AGENT_JOIN=%s\n' "$token" >"$join")
    systemctl daemon-reload
    systemctl enable --quiet "$service"
    systemctl reset-failed "$service" 2>/dev/null || :
    systemctl restart --no-block "$service"
    await_ready
}

# An agent is ready when it has met its coordinator.
await_ready() {
    waited=0
    until [ "$(of_unit ActiveState)" = active ]; do
        [ "$(of_unit ActiveState)" != failed ] && [ "$(of_unit NRestarts)" = 0 ] ||
            fail "$service ended as soon as it was started; its log ends: $(last_words)"
        [ "$waited" -lt 120 ] || fail "$service was not ready within 120 s; its log ends: $(last_words)"
        waited=$((waited + 1))
        sleep 1
    done
}

of_unit() { systemctl show --property "$1" --value "$service"; }

last_words() { log_end 3 | tr '\n' ' '; }

start_script() {
    write_script
    rm -f "$data/address"
    if [ -n "$token" ]; then printf '%s\n' "$token" | "$script" start --join -; else "$script" start; fi
    [ "$role" = agent ] || await_address
}

# A coordinator writes where it listens when it does.
await_address() {
    waited=0
    until [ -s "$data/address" ]; do
        [ "$("$script" pid)" != 0 ] || fail "$service ended as soon as it was started; its log ends: $(last_words)"
        [ "$waited" -lt 120 ] || fail "$service was not ready within 120 s; its log ends: $(last_words)"
        waited=$((waited + 1))
        sleep 1
    done
}

# A script that starts and stops the service, for where there is no systemd; it also stays for people to use.
write_script() {
    {
        echo '#!/bin/sh'
        echo "# Ganger's $role on this host, which has no systemd: $service start|stop|pid. Nothing starts it at boot."
        for variable in role user program config data; do
            eval "value=\$$variable"
            printf "%s='%s'\n" "$variable" "$(printf %s "$value" | sed "s/'/'\\\\''/g")"
        done
        cat <<'END'
set -eu
log=$data/log pidfile=$data/pid

# A number in a file may be another program's by now.
pid() {
    pid=0
    [ ! -r "$pidfile" ] || read -r pid <"$pidfile" || :
    grep -q ganger "/proc/${pid:-0}/cmdline" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$pid/status" && echo "$pid" || echo 0
}

# The shell leaves its pid, and becomes the program.
run='echo $$ >"$1" && shift && exec "$@"'

start() {
    [ "$(pid)" = 0 ] || return 0
    rm -f "$pidfile"
    [ ! -e "$log" ] || mv "$log" "$log.old"
    [ $# != 0 ] || exec </dev/null
    exec 3<&0
    set -- ganger "$pidfile" "$program" "$role" run "$@"
    if [ "$(id -u)" = 0 ]; then set -- su -s /bin/sh -c "$run" -- "$user" "$@"; else set -- sh -c "$run" "$@"; fi
    command=GANGER_$(echo "$role" | tr a-z A-Z)_CONFIG
    # Nothing of the environment that it is started from gets into it.
    env -i HOME="${HOME:-/}" PATH="$PATH" "$command=$config" LANG=C.UTF-8 GANGER_CACHES=use setsid "$@" <&3 3<&- >>"$log" 2>&1 &
    waited=0
    until [ -s "$pidfile" ]; do
        [ "$waited" -lt 10 ] || { echo "it did not start; see $log" >&2 && exit 1; }
        waited=$((waited + 1))
        sleep 1
    done
}

# An agent finishes what it runs; its configuration says for how long.
stop() {
    kill "$(pid)" 2>/dev/null || :
    while [ "$(pid)" != 0 ]; do sleep 1; done
    rm -f "$pidfile"
}

case ${1-} in
    start) shift && start "$@" ;;
    stop) [ "$(pid)" = 0 ] || stop ;;
    pid) pid ;;
    *) echo "Usage: $0 start|stop|pid" >&2 && exit 2 ;;
esac
END
    } >"$script.new"
    chmod 755 "$script.new"
    mv "$script.new" "$script"
}

# With them `ganger` starts faster. They are made behind everybody's back, for as long as the service runs.
make_caches() {
    maker=$prefix/ganger-$version/lib/make-caches pid=$(running_pid)
    [ "$pid" = 0 ] || [ ! -x "$maker" ] ||
        setsid nice -n 19 "$maker" --while "$pid" "$prefix/ganger-$version/runtime/bin/java" </dev/null >/dev/null 2>&1 &
}

# --- state ---

state() {
    fact pid "$(running_pid)"
    fact met "$(yes_if has_met)"
    log_end 20 | sed 's/^/log /'
}

# log_end N: the last lines that the service wrote.
log_end() {
    if [ -e "$unit" ] && has_systemd; then
        journalctl --unit "$service" --lines "$1" --output cat --no-pager 2>/dev/null || :
    else
        tail -n "$1" "$data/log" 2>/dev/null || :
    fi
}

# --- admit ---

admit() {
    token=$(as "$user" "$program" token create user "$name" --role admin --uses 1 --expires 5m -o quiet)
    printf '%s\n' "$token" | as "$caller" "$program" login -
}

# as USER COMMAND…: as this user, in the user's home.
as() {
    user_then=$1
    shift
    if [ "$(id -un)" = "$user_then" ]; then
        "$@"
    else
        (cd / && su -s /bin/sh -c 'exec "$@"' -- "$user_then" sh "$@")
    fi
}

# --- remove ---

remove() {
    [ -n "$(version_in_use)" ] || [ -e "$unit" ] || [ -e "$script" ] || fact nothing "no $role is installed in $prefix"
    stop_service
    if [ -e "$unit" ] && is_root; then
        ! has_systemd || systemctl disable --quiet "$service"
        rm -f "$unit"
        ! has_systemd || systemctl daemon-reload
    fi
    rm -f "$script" "$prefix/$role"
    remove_command
    remove_unused_versions
    rmdir "$prefix" 2>/dev/null || :
    if [ "$purge" = yes ]; then remove_kept; else tell_kept; fi
}

stop_service() {
    if [ -e "$unit" ] && has_systemd; then
        systemctl stop "$service"
    elif [ -x "$script" ]; then
        "$script" stop
    fi
}

# `ganger` may have been there before, and the other service may still want it.
remove_command() {
    case $(readlink "$command" 2>/dev/null) in "$prefix"/*) rm -f "$command" ;; *) return 0 ;; esac
    for other in coordinator agent; do
        [ ! -e "$prefix/$other" ] || ln -sfn "$prefix/$other/bin/ganger" "$command"
    done
}

remove_unused_versions() {
    for place in "$prefix"/ganger-*/; do
        place=${place%/}
        [ "$(readlink "$prefix/agent")" = "${place##*/}" ] || [ "$(readlink "$prefix/coordinator")" = "${place##*/}" ] ||
            { await_caches "$place" && rm -rf "$place"; }
    done
}

# Start caches that are still being made are given up when the service has ended, which takes a moment.
await_caches() {
    lock=$1/lib/cache/lock
    [ ! -e "$lock" ] || ! command -v flock >/dev/null || flock -w 30 "$lock" true || :
}

remove_kept() {
    [ -z "$data" ] || rm -rf "$data"
    rm -f "$config" "$config.old"
    rmdir "${data%/*}" "$kept" "${config%/*}" 2>/dev/null || :
    if is_root && [ ! -e "$prefix/coordinator" ] && [ ! -e "$prefix/agent" ]; then
        # The user's own folder is the one that was made with it, unless something else is kept there.
        rm -rf "$home/.config/ganger" "$home/.cache"
        rmdir "$home/.config" "$home" 2>/dev/null || :
        case $(awk -F: '$1 == "ganger" { print $6 }' /etc/passwd) in "$home") userdel ganger 2>/dev/null || : ;; esac
    fi
}

tell_kept() {
    for left in "$config" "$data"; do
        [ -z "$left" ] || [ ! -e "$left" ] || fact left "$left"
    done
}

read_words "$@"
find_places
case $verb in
    look | unpack | start | state | admit | remove) "$verb" ;;
    *) fail "expected a verb that the host knows, found '$verb'" ;;
esac
