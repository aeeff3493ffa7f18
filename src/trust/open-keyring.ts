import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../errors.ts'
import { keyringSchema, newMasterKey, type Keyring } from './keyring.ts'

export interface KeySource {
  /** Keys from the environment. */
  readonly keys: Keyring | undefined
  /** A file that holds them instead. */
  readonly file: string | undefined
  readonly production: boolean
  /** Where development keeps a key of its own. */
  readonly ownFile: string
  readonly onMade?: (file: string) => void
}

/**
 * The master keys: from the environment, from a file, or, outside production only, made at the first start.
 * @throws AppError config-invalid; never with any part of a key
 */
export function openKeyring({ keys, file, production, ownFile, onMade }: KeySource): Keyring {
  if (keys) return keys
  if (file !== undefined) return parseFile(file, readText(file))
  if (production)
    throw new AppError('config-invalid', {
      detail: 'There is no master key, and production keeps nothing unsealed.',
      remedy: 'Set ENCRYPTION_KEYS or ENCRYPTION_KEYS_FILE; `npm run keys -- new` prints a key.',
      subject: 'ENCRYPTION_KEYS',
    })
  if (makeOwn(ownFile)) onMade?.(ownFile)
  return parseFile(ownFile, readText(ownFile))
}

/** False where the file is there already; of two starts at once one makes it. */
function makeOwn(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${newMasterKey()}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw unreadable(file, error)
  }
}

function parseFile(file: string, text: string): Keyring {
  const parsed = keyringSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new AppError('config-invalid', {
    detail: `The file of master keys ${file} is not valid: ${parsed.error.issues[0]?.message ?? 'unknown'}.`,
    remedy: 'One key a line, id:base64 of 32 bytes, the current one first.',
    subject: 'ENCRYPTION_KEYS_FILE',
  })
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): AppError {
  return new AppError('config-invalid', {
    detail: `The file of master keys ${file} cannot be used (${codeOf(error)}).`,
    remedy: 'Name a file in ENCRYPTION_KEYS_FILE that this user may read.',
    subject: 'ENCRYPTION_KEYS_FILE',
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
}
