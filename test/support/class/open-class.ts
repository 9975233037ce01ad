/** A class server in the test's own process, on a folder that is taken away afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ClassServerOptions, openClassServer, type RunningClass } from '../../../src/classroom/server/class-server.ts';
import type { DatabasePlace } from '../../../src/classroom/store/open-database.ts';
import { type Answer, ask, TestLearner } from './learner.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { testLesson } from './test-lesson.ts';

/** A class that runs. */
export interface TestClass extends RunningClass {
  readonly base: string;
  join(name: string): Promise<TestLearner>;
  /** As the instructor. */
  teach(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** The databases that everything about a class is tried on. */
export const databaseKinds = ['sqlite', 'postgres'] as const;

let cluster: Promise<TestPostgres> | null = null;

/** One cluster for all tests of a file; `afterAll(disposeDatabases)` ends it. */
function testCluster(): Promise<TestPostgres> {
  cluster ??= startPostgres(['fsync=off']);
  return cluster;
}

export async function disposeDatabases(): Promise<void> {
  await (await cluster)?.dispose();
  cluster = null;
}

/** A new, empty database for one test. */
export async function newDatabase(kind: (typeof databaseKinds)[number]): Promise<DatabasePlace> {
  if (kind === 'sqlite') return { type: 'sqlite', path: join(testFolder(), 'class.db') };
  return { type: 'postgres', address: (await testCluster()).newDatabase() };
}

/** A folder for one test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-class-'));
  // A server that is just closing may still write its last line there.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}

/** Opens one; it is closed with the test. */
export async function openTestClass(options: Partial<ClassServerOptions> = {}): Promise<TestClass> {
  const folder = options.folder ?? testFolder();
  const running = await openClassServer({
    lesson: testLesson,
    title: null,
    host: '127.0.0.1',
    port: 0,
    database: { type: 'sqlite', path: join(folder, 'class.db') },
    folder,
    codeLastsMs: 3_600_000,
    fresh: false,
    code: null,
    newSecrets: false,
    tls: null,
    behindProxy: false,
    pages: null,
    log: join(folder, 'class.log'),
    ...options,
  });
  onTestFinished(() => running.close());
  const base = `http://127.0.0.1:${running.port}`;
  return {
    ...running,
    base,
    join: (name) => TestLearner.join(base, running.code, name),
    teach: (method, path, body) => ask(`${base}/api/v1${path}`, { method, token: running.secret, body }),
  };
}
