/** The kinds of checks there are. A new kind is one file in `kinds/` and one line here. */
import type { Question } from '../model/check.ts';
import type { GroupKind, LeafKind, QuestionOf } from './kind.ts';
import { command } from './kinds/command.ts';
import { file } from './kinds/file.ts';
import { all, any, not } from './kinds/groups.ts';
import { http } from './kinds/http.ts';
import { ini } from './kinds/ini.ts';
import { monitor } from './kinds/monitor.ts';
import { port } from './kinds/port.ts';
import { process } from './kinds/process.ts';
import { script } from './kinds/script.ts';
import { socket } from './kinds/socket.ts';
import { supervisor } from './kinds/supervisor.ts';
import { uwsgi } from './kinds/uwsgi.ts';

const kinds: { readonly [K in Question['kind']]: LeafKind<QuestionOf<K>> | GroupKind<QuestionOf<K>> } = {
  file,
  ini,
  process,
  port,
  socket,
  http,
  supervisor,
  command,
  script,
  uwsgi,
  monitor,
  all,
  any,
  not,
};

/**
 * The kind that a question is of.
 * @param question any.
 */
export function kindOf(question: Question): LeafKind<Question> | GroupKind<Question> {
  // The table's type guarantees that each kind gets questions of its own; TypeScript cannot follow that through a lookup.
  return kinds[question.kind] as LeafKind<Question> | GroupKind<Question>;
}
