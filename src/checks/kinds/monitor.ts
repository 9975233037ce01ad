/** `monitor`: the requests of the section's monitor so far. Asks the host nothing. */
import { fail, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';

/** Failed requests weigh more than too few. */
export const monitor: LeafKind<QuestionOf<'monitor'>> = {
  facts: () => [],
  judge({ minServed, maxFailed }, _answers, { monitor: counted }) {
    if (!counted) return trouble('no-monitor', 'This section counts no requests, so nothing can be said about them.');
    const { served, failed } = counted;
    if (failed > maxFailed) {
      const expected = maxFailed === 0 ? 'no failed request' : `at most ${maxFailed} failed`;
      return fail(
        'requests-failed',
        expected,
        `${failed} failed`,
        `${failed} of ${served + failed} requests failed; there should be ${expected}.`,
      );
    }
    if (served >= minServed) return pass;
    return fail(
      'too-few-requests',
      `${minServed} served`,
      `${served} served`,
      `${served} of at least ${minServed} requests have been served so far.`,
    );
  },
  describe: ({ minServed, maxFailed }) =>
    `at least ${minServed} requests are served and ${maxFailed === 0 ? 'none fails' : `at most ${maxFailed} fail`}`,
};
