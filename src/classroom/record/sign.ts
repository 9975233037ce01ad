/** Signs completion records and checks them: Ed25519 of Node's own library. Pure but for the key's making. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { CompletionRecord, SignedRecord } from '../../classroom/protocol/record.ts';
import { canonicalJson } from './canonical.ts';

/** A new private key, PKCS #8 in PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * The public half of a key, base64 of its SPKI DER form, as records carry it.
 * @param signingKey PKCS #8 in PEM.
 */
export function publicKeyOf(signingKey: string): string {
  return createPublicKey(createPrivateKey(signingKey)).export({ type: 'spki', format: 'der' }).toString('base64');
}

/**
 * What a person compares: the first 128 bits of the key's SHA-256 in groups of four.
 * @param key public key as records carry it.
 */
export function fingerprintOf(key: string): string {
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return hash.replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * Signs a record.
 * @param signingKey PKCS #8 in PEM.
 */
export function signRecord(record: CompletionRecord, signingKey: string): SignedRecord {
  const value = sign(null, Buffer.from(canonicalJson(record)), createPrivateKey(signingKey)).toString('base64');
  return { record, signature: { algorithm: 'Ed25519', key: publicKeyOf(signingKey), value } };
}

/** Whether a record is as it was signed by the key that it carries. A key that is none makes it false. */
export function isSignatureGood({ record, signature }: SignedRecord): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(signature.key, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(canonicalJson(record)), key, Buffer.from(signature.value, 'base64'));
  } catch {
    return false;
  }
}
