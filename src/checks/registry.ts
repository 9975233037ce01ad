/** The kinds of checks there are. A new kind is one file in `kinds/` and one line here. */
import type { Question } from '../model/check.ts';
import type { GroupKind, LeafKind, QuestionOf } from './kind.ts';
import { answer } from './kinds/answer.ts';
import { command } from './kinds/command.ts';
import { data } from './kinds/data.ts';
import { file } from './kinds/file.ts';
import { group } from './kinds/group.ts';
import { all, any, not } from './kinds/groups.ts';
import { http } from './kinds/http.ts';
import { ini } from './kinds/ini.ts';
import { monitor } from './kinds/monitor.ts';
import { packageKind } from './kinds/package.ts';
import { port } from './kinds/port.ts';
import { process } from './kinds/process.ts';
import { script } from './kinds/script.ts';
import { service } from './kinds/service.ts';
import { socket } from './kinds/socket.ts';
import { supervisor } from './kinds/supervisor.ts';
import { user } from './kinds/user.ts';
import { uwsgi } from './kinds/uwsgi.ts';

const kinds: { readonly [K in Question['kind']]: LeafKind<QuestionOf<K>> | GroupKind<QuestionOf<K>> } = {
  file,
  ini,
  json: data,
  yaml: data,
  process,
  port,
  socket,
  http,
  supervisor,
  service,
  package: packageKind,
  user,
  group,
  command,
  script,
  uwsgi,
  monitor,
  answer,
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
