/**
 * What the program loads only when a class is served, exported or a record checked: with its libraries it is a module of
 * its own beside the program, so that no start pays for it.
 */
import { verifyRecordText } from '../../classroom/record/verify.ts';
import { openClassServer } from './class-server.ts';
import { exportFromStore } from './export-from-store.ts';
import { qrLines } from './qr-lines.ts';

/** Everything in it. */
export interface ClassModule {
  readonly openClassServer: typeof openClassServer;
  readonly exportFromStore: typeof exportFromStore;
  readonly verifyRecordText: typeof verifyRecordText;
  readonly qrLines: typeof qrLines;
}

/** Loads it. */
export async function loadClassModule(): Promise<ClassModule> {
  return { openClassServer, exportFromStore, verifyRecordText, qrLines };
}
