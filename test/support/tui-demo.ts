/**
 * The screen with a scripted engine, to look at without any host:
 *   npx esbuild test/support/tui-demo.ts --bundle --splitting --format=esm --platform=node --outdir=node_modules/.demo \
 *     --banner:js="import{createRequire as r}from'node:module';const require=r(import.meta.url);" --external:react-devtools-core
 *   node node_modules/.demo/tui-demo.js
 * Steps do themselves in a second, checks follow; the shell only echoes. The environment variable DEMO chooses the
 * moment to begin with, by its number.
 */
import type { Intent } from '../../src/engine/engine.ts';
import type { SectionView, StepView, View } from '../../src/session/view.ts';
import { createCompositor } from '../../src/tui/compositor/compositor.ts';
import { runTui } from '../../src/tui/run-tui.ts';
import { FakeEngine, FakeTerminal } from './tui/fake-engine.ts';
import { moments, viewAt } from './tui/views.ts';

/** A shell that writes what is typed. */
class EchoTerminal extends FakeTerminal {
  override input(bytes: Buffer | string): void {
    for (const each of bytes.toString()) this.hear(each);
    this.tell({ type: 'dirty' });
  }

  private hear(key: string): void {
    const last = this.lines.at(-1) ?? '';
    if (key === '\r') this.lines = [...this.lines, 'ubuntu@galaxy:~$ '].slice(-this.rows);
    else if (key === '\x7f') this.lines = [...this.lines.slice(0, -1), last.slice(0, -1)];
    else if (key >= ' ') this.lines = [...this.lines.slice(0, -1), last + key];
  }
}

const shell = new EchoTerminal(['ubuntu@galaxy:~$ ']);
const chosen = Object.values(moments)[Number(process.env['DEMO'] ?? '0')] ?? viewAt(1);
const engine = new FakeEngine(chosen, chosen.host.status === 'ready' ? [shell] : [], answer);

function answer(intent: Intent): unknown {
  const { view } = engine;
  switch (intent.type) {
    case 'run':
      return runStep(intent.block);
    case 'write':
      return engine.show({
        ...view,
        question: { ...moments['writing a file is confirmed'].question, block: intent.block } as View['question'],
      });
    case 'confirm':
      return confirm();
    case 'cancel':
      return engine.show({ ...view, question: null });
    case 'skip':
      return engine.show({ ...view, question: { type: 'skip', section: view.sections[view.open]?.id ?? '', times: 1 } });
    case 'advance':
      return engine.show(viewAt(Math.min(view.open + 1, view.sections.length - 1)));
    case 'view':
      return engine.show({ ...view, shown: view.sections.findIndex((section) => section.id === intent.section) });
    case 'hint':
      return change((section) => ({
        checks: section.checks.map((check) =>
          check.id === intent.check ? { ...check, hint: 'Three values are needed: new, run, old, in that order.' } : check,
        ),
      }));
    default:
      return null;
  }
}

function confirm(): unknown {
  const { view } = engine;
  if (view.question?.type === 'write') {
    engine.show({ ...view, question: null });
    return setStep(view.question.block, { status: 'done' });
  }
  if (view.question?.type === 'skip' && view.question.times === 1)
    return engine.show({ ...view, question: { ...view.question, times: 2 } });
  return engine.show(viewAt(view.open + 1));
}

function change(what: (section: SectionView) => Partial<SectionView>, more: Partial<View> = {}): void {
  const { view } = engine;
  engine.show({
    ...view,
    ...more,
    sections: view.sections.map((section, index) => (index === view.open ? { ...section, ...what(section) } : section)),
  });
}

function setStep(block: string, state: Partial<StepView>, more: Partial<View> = {}): void {
  change((section) => ({ steps: section.steps.map((step) => (step.block === block ? { ...step, ...state } : step)) }), more);
  settle();
}

function runStep(block: string): void {
  const step = engine.view.sections[engine.view.open]?.steps.find((each) => each.block === block);
  let finished = 0;
  setStep(block, { status: 'running', finished }, { running: block });
  const timer = setInterval(() => {
    shell.input(`${step?.commands[finished] ?? ''}\r`);
    finished += 1;
    const more = finished < (step?.commands.length ?? 1);
    if (!more) clearInterval(timer);
    setStep(block, { status: more ? 'running' : 'done', finished }, { running: more ? block : null });
  }, 900);
}

/** When all steps are done, the checks pass one after the other and the section is done. */
function settle(): void {
  const section = engine.view.sections[engine.view.open];
  if (!section || section.steps.some((step) => step.status !== 'done' && !step.optional)) return;
  const timer = setInterval(() => {
    const open = engine.view.sections[engine.view.open];
    const next = open?.checks.findIndex((check) => check.status !== 'pass') ?? -1;
    if (open && next >= 0)
      return change(({ checks }) => ({
        checks: checks.map((check, index) => (index === next ? { ...check, status: 'pass' } : check)),
      }));
    clearInterval(timer);
    const after = engine.view.sections[engine.view.open + 1];
    change(
      (own) => ({
        status: 'done',
        explain: [{ type: 'paragraph', children: [{ type: 'text', text: `What ${own.shortTitle} was good for is told here.` }] }],
      }),
      {
        workDone: engine.view.workDone + 1,
        unlocked: { sentence: `Section ${open?.number} done.`, next: after ? { id: after.id, title: after.title } : null },
      },
    );
  }, 500);
}

function prepare(): void {
  let fraction = 0;
  const timer = setInterval(() => {
    fraction += 0.02;
    if (fraction < 1) {
      engine.show({
        ...engine.view,
        host: { status: 'preparing', kind: 'sandbox', sentence: `Installing 58 packages…`, fraction },
      });
      return;
    }
    clearInterval(timer);
    shell.resize(engine.size.cols, engine.size.rows);
    engine.tabs = [{ number: 1, title: 'shell', terminal: shell }];
    engine.show({ ...engine.view, host: { status: 'ready', kind: 'sandbox' } });
  }, 100);
}

const compositor = createCompositor({ input: process.stdin, output: process.stdout, env: process.env });
if (chosen.host.status === 'preparing') prepare();
await runTui({
  engine,
  compositor,
  env: process.env,
  version: 'demo',
  where: 'ubuntu@galaxy',
  place: 'sandbox · private network',
});
compositor.close();
process.exit(0);
