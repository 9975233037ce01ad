/** Containers of ours: made, found, swept. Knows the engine's words, not what happens inside. */
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import type { CallOptions, Engine } from './engine.ts';
import { isAlive, type Names, ownIdentity, readOwner } from './labels.ts';

/** Where the definition's folder is seen inside. */
export const DEFINITION_INSIDE = '/run/lockstep/host';
const STOP_SECONDS = 2;
const MAKE_MS = 5 * 60_000;

/** How a container is made. */
export interface ContainerRequest {
  readonly name: string;
  readonly image: string;
  readonly definition: HostDefinition;
  /** `setup`: with the network and without limits, thrown away afterwards. */
  readonly role: 'session' | 'setup';
  readonly network: 'private' | 'shared';
}

/**
 * Makes and starts a container that does nothing until it is asked, and puts the definition's folder into it.
 * @param engine where.
 * @param names of the session.
 * @param request how.
 * @param options deadline, abort.
 */
export async function makeContainer(
  engine: Engine,
  names: Names,
  request: ContainerRequest,
  options: CallOptions = {},
): Promise<void> {
  const { definition, role } = request;
  const { memory, pids, cpus } = definition.limits;
  const limits = role === 'setup' ? [] : ['--memory', String(memory), '--pids-limit', String(pids), '--cpus', String(cpus)];
  const labels = { state: names.state, role, owner: ownIdentity(), session: names.note };
  await engine.say(
    [
      ...['run', '--detach', '--init', '--name', request.name, '--hostname', definition.hostname],
      ...Object.entries(labels).flatMap(([key, value]) => ['--label', `lockstep.${key}=${value}`]),
      ...[
        '--network',
        await networkFor(engine, request),
        '--user',
        '0',
        '--workdir',
        '/',
        '--stop-timeout',
        String(STOP_SECONDS),
      ],
      ...limits,
      ...['--entrypoint', 'sleep', request.image, 'infinity'],
    ],
    { timeoutMs: MAKE_MS, ...options },
  );
  await engine.say(['exec', request.name, 'mkdir', '-p', DEFINITION_INSIDE], options);
  await engine.say(['cp', `${definition.dir}/.`, `${request.name}:${DEFINITION_INSIDE}`], { timeoutMs: MAKE_MS, ...options });
}

/** Preparing has the network: the engine's own one, the machine's where the engine has none. */
async function networkFor(engine: Engine, { role, network }: ContainerRequest): Promise<string> {
  if (role === 'session') return network === 'private' ? 'none' : 'host';
  const name = engine.program === 'docker' ? 'bridge' : 'podman';
  return (await engine.call(['network', 'inspect', name])).code === 0 ? name : 'host';
}

/** What is known of a container. */
interface Found {
  readonly name: string;
  readonly running: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Whether the session's container is there, and whether it runs.
 * @param engine where.
 * @param name of the container.
 */
export async function findContainer(engine: Engine, name: string): Promise<Found | null> {
  const result = await engine.call(['container', 'inspect', name]);
  return result.code === 0 ? (parseInspect(result.stdout)[0] ?? null) : null;
}

function parseInspect(text: string): readonly Found[] {
  const all = JSON.parse(text) as {
    Name: string;
    State?: { Running?: boolean };
    Config?: { Labels?: Record<string, string> | null };
  }[];
  return all.map((each) => ({
    name: each.Name.replace(/^\//, ''),
    running: each.State?.Running === true,
    labels: each.Config?.Labels ?? {},
  }));
}

/**
 * Stops what programs of this state folder that are dead left running, and removes what they were only preparing.
 * @param engine where.
 * @param names of any session in the state folder.
 * @returns the names of the containers that were swept.
 */
export async function sweep(engine: Engine, names: Names): Promise<readonly string[]> {
  const listed = await engine.say(['ps', '--all', '--quiet', '--filter', `label=lockstep.state=${names.state}`]);
  const ids = listed.split('\n').filter(Boolean);
  if (ids.length === 0) return [];
  const result = await engine.call(['container', 'inspect', ...ids]);
  const swept: string[] = [];
  for (const each of result.stdout.trim() === '' ? [] : parseInspect(result.stdout)) {
    const setup = each.labels['lockstep.role'] === 'setup';
    const owner = setup ? each.labels['lockstep.owner'] : readOwner(each.labels['lockstep.session'] ?? '');
    if (isAlive(owner ?? '') || (!setup && !each.running)) continue;
    swept.push(each.name);
    await (setup ? removeContainer(engine, each.name) : stopContainer(engine, each.name));
  }
  return swept;
}

/**
 * Ends everything in a container; its files stay.
 * @param engine where.
 * @param name of the container; nothing happens where there is none.
 */
export async function stopContainer(engine: Engine, name: string): Promise<void> {
  const result = await engine.call(['stop', '--time', String(STOP_SECONDS), name]);
  if (result.code !== 0 && !/no such|not running/i.test(result.stderr)) await engine.say(['kill', name]);
}

/**
 * Ends a container and throws its files away.
 * @param engine where.
 * @param name of the container; nothing happens where there is none.
 */
export async function removeContainer(engine: Engine, name: string): Promise<void> {
  const result = await engine.call(['rm', '--force', '--volumes', name], { timeoutMs: MAKE_MS });
  if (result.code !== 0 && !/no such|already in progress/i.test(result.stderr)) {
    throw new UserError(`${engine.program}-failed`, `The container ${name} could not be removed: ${result.stderr.trim()}`);
  }
}
