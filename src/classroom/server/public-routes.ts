/** What anybody may ask: whether the server is well, how the class is doing without names, and the pages. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ProjectorView } from '../../classroom/protocol/instructor-api.ts';
import { projectorOf } from '../../classroom/stand/class-figures.ts';
import type { Classroom } from './classroom.ts';
import type { CodeGuard } from './learner-routes.ts';
import { Refused } from './refused.ts';
import { bearerOf, type Router } from './routes.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
};

/** How long an answer of the database counts for those who ask whether it is there, ms. */
const HEALTH_MS = 1000;

/**
 * Adds the public routes.
 * @param pages the folder of the pages; null where there is none.
 */
export function addPublicRoutes(router: Router, room: Classroom, codes: CodeGuard, pages: string | null): void {
  router.anybody('GET', '/api/v1/projector', ({ context, address }) => {
    const code = bearerOf(context);
    if (code === null) throw new Refused(401, 'no-code', 'The join code belongs into the Authorization header.');
    codes.check(code, address);
    const { title, gate } = room.cohort.row;
    const seats = [...room.cohort.present()].map((seat) => room.cohort.facts(seat));
    const view: ProjectorView = projectorOf(room.cohort.index, seats, { title, gate });
    return context.json(view);
  });

  const health = healthOf(room);
  router.anybody('GET', '/healthz', async ({ context }) =>
    (await health()) ? context.json({ status: 'ok' }) : context.json({ status: 'no database' }, 503),
  );

  if (pages === null) return;
  for (const path of ['/', '/:page', '/:folder/:page']) {
    router.anybody('GET', path, async ({ context }) => {
      const { folder, page = 'index.html' } = context.req.param() as { folder?: string; page?: string };
      return givePage(pages, folder, page);
    });
  }
}

function healthOf(room: Classroom): () => Promise<boolean> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer = Promise.resolve(true);
  return () => {
    const now = performance.now();
    if (now - asked > HEALTH_MS) {
      asked = now;
      answer = room.store.ping().then(
        () => true,
        () => false,
      );
    }
    return answer;
  };
}

/** A file by its name; only names that cannot lead elsewhere. */
async function givePage(pages: string, folder: string | undefined, page: string): Promise<Response> {
  const missing = new Refused(404, 'not-found', 'There is nothing here.');
  const plain = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name);
  if (!plain(page) || (folder !== undefined && !plain(folder))) throw missing;
  const name = extname(page) === '' ? `${page}.html` : page;
  const type = TYPES[extname(name)];
  if (type === undefined) throw missing;
  const bytes = await readFile(join(pages, folder ?? '', name)).catch(() => null);
  if (bytes === null) throw missing;
  return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
}
