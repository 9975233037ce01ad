/** The loop that sends a monitor's requests on the host. */
import { quote } from '../../checks/batch/quote.ts';
import { ownMark } from '../../checks/kinds/process.ts';
import type { Monitor } from '../../model/lesson.ts';

/**
 * One process, a thread a request under way. A request is counted by whoever is first: its thread when it is over, or the
 * main loop when its time is over, whatever a slow answer keeps the thread doing.
 */
const python = `
import http.client, socket, ssl, sys, threading, time, urllib.parse
url, every, limit = urllib.parse.urlsplit(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
target = (url.path or "/") + ("?" + url.query if url.query else "")
kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
most, no_answer = 256, "no whole answer within %g s" % limit
lock = threading.Lock()
open_requests = {}

def say(line):
    try:
        sys.stdout.write(line + "\\n")
        sys.stdout.flush()
    except Exception:
        import os
        os._exit(0)

def over(number, status, why):
    with lock:
        began = open_requests.pop(number, None)
        if began is not None:
            say("r %d %.1f %s" % (status, (time.monotonic() - began) * 1000, why))

def ask(number, began):
    status, why, connection = 0, "", None
    try:
        connection = kind(url.hostname, url.port, timeout=limit)
        connection.request("GET", target, headers={"User-Agent": sys.argv[1], "Connection": "close"})
        answer = connection.getresponse()
        while answer.read(65536):
            if number not in open_requests:
                break
        # http.client does not complain when a counted answer ends early.
        if answer.length:
            why = "the answer broke off"
        else:
            status = answer.status
    except socket.gaierror:
        why = "the name is not known"
    except ConnectionRefusedError:
        why = "the connection was refused"
    except socket.timeout:
        why = no_answer
    except http.client.RemoteDisconnected:
        why = "the connection was closed without an answer"
    except ConnectionError:
        why = "the connection was reset"
    except http.client.IncompleteRead:
        why = "the answer broke off"
    except Exception as error:
        why = " ".join(str(error).split()) or type(error).__name__
    finally:
        if connection is not None:
            connection.close()
    over(number, status, why)

threading.stack_size(262144)
say("ready python3")
number, due = 0, time.monotonic()
while True:
    now = time.monotonic()
    with lock:
        late = [each for each, began in open_requests.items() if now - began > limit]
        room = len(open_requests) - len(late) < most
    for each in late:
        over(each, 0, no_answer)
    if room:
        number += 1
        with lock:
            open_requests[number] = now
        try:
            threading.Thread(target=ask, args=(number, now), daemon=True).start()
        except RuntimeError:
            over(number, 0, "the host has no room for another request")
    due = max(due + every, now - 1)
    time.sleep(max(0.0, due - time.monotonic()))
`;

/** For the loop in sh, milliseconds: it starts a process a request, so it does not go faster than this. */
const shLeastMs = 100;

/**
 * The script: it prints `ready TOOL` or `! no-tool`, then a line a request for `createTally`.
 * @param monitor what to ask, and how often.
 * @param limitMs until a request without a whole answer has failed, milliseconds.
 */
export function monitorScript(monitor: Monitor, limitMs: number): string {
  const limit = limitMs / 1000;
  const url = quote(monitor.url);
  const shSeconds = (Math.max(shLeastMs, monitor.everyMs) / 1000).toFixed(3);
  return `LC_ALL=C PYTHONDONTWRITEBYTECODE=1; export LC_ALL PYTHONDONTWRITEBYTECODE
if command -v python3 >/dev/null 2>&1; then
  exec python3 -c ${quote(python)} ${ownMark} ${url} ${(monitor.everyMs / 1000).toFixed(3)} ${limit} </dev/null
elif command -v curl >/dev/null 2>&1; then
  seconds=${shSeconds}
  sleep "$seconds" 2>/dev/null || seconds=1
  echo 'ready curl'
  while :; do
    {
      told=$(curl -q -s -g -A ${ownMark} -m ${limit} --noproxy '*' -o /dev/null -w '%{http_code} %{time_total}' --url ${url})
      code=$?
      status=\${told%% *} took=\${told##* }
      whole=\${took%%.*} part=\${took#*.}000
      part=\${part%"\${part#???}"}
      printf 'r %s %s curl %s\\n' "\${status:-000}" "\${whole:-0}\${part:-000}" "$code" || kill "$$"
    } </dev/null &
    sleep "$seconds"
  done
fi
echo '! no-tool'`;
}
