import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { SigningKeys } from '../signing-keys.ts'
import { FILES, type FileName } from './files.ts'

/** How long a link works, from the message it stands in. */
export const LINK_MINUTES = 15

/** Which file of which case. */
export interface LinkClaims {
  readonly file: FileName
  readonly caseId: string
  /** When the case was begun: one begun anew under the same id is another. */
  readonly begun: string
}

const ISSUER = 'urn:icp-filing-assistant:download'
const claimsSchema = z
  .object({ aud: z.enum(FILES), sub: z.string().min(1).max(100), begun: z.iso.datetime() })
  .transform(({ aud, sub, begun }): LinkClaims => ({ file: aud, caseId: sub, begun }))

/** Signs and reads what makes a link open one file: nothing in it says anything about the person. */
export class LinkTokens {
  readonly #keys: readonly [KeyObject, ...KeyObject[]]
  readonly #clock: () => Date

  /** @param keys those of the web tokens; links get keys of their own from them, so that neither opens the other */
  constructor([current, ...older]: SigningKeys, clock: () => Date) {
    this.#keys = [derived(current), ...older.map(derived)]
    this.#clock = clock
  }

  async issue({ file, caseId, begun }: LinkClaims): Promise<string> {
    const now = Math.floor(this.#clock().getTime() / 1000)
    return new SignJWT({ begun })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(caseId)
      .setAudience(file)
      .setExpirationTime(now + LINK_MINUTES * 60)
      .sign(this.#keys[0])
  }

  /** @throws AppError token-expired, or token-invalid for anything that was not signed here for this very file */
  async read(token: string, file: FileName): Promise<LinkClaims> {
    for (const key of this.#keys) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: file,
          currentDate: this.#clock(),
          requiredClaims: ['exp', 'sub'],
        })
        const claims = claimsSchema.safeParse(payload)
        if (claims.success) return claims.data
      } catch (cause) {
        if (cause instanceof errors.JWTExpired) throw expired(cause)
      }
    }
    throw new AppError('token-invalid', {
      detail: 'This is no link that this server gave for this file.',
      remedy: 'Take the link as it stands in the conversation, or say “download” there for a new one.',
    })
  }
}

function derived(key: Uint8Array): KeyObject {
  return createSecretKey(createHmac('sha256', key).update(ISSUER).digest())
}

function expired(cause: unknown): AppError {
  return new AppError('token-expired', {
    detail: `The link has expired: links work for ${LINK_MINUTES} minutes.`,
    remedy: 'Say “download” in the conversation for a new one.',
    cause,
  })
}
