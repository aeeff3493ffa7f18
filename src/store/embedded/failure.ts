import { statfs } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../errors.ts'

const FULL = /ENOSPC|EDQUOT|EFBIG|MDB_MAP_FULL|no space left|quota exceeded|file too large/i
const DENIED = /EACCES|EPERM|EROFS|permission denied|read-only file system/i

/** The AppError for whatever LMDB or the file system threw. */
export function storeFailure(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const text = describe(cause)
  if (FULL.test(text)) return storeFull(path, cause)
  if (DENIED.test(text)) {
    return new AppError('config-invalid', {
      detail: `The store ${path} cannot be used: ${text}.`,
      remedy: 'Let this user read and write the folder and the files in it.',
      subject: path,
      cause,
    })
  }
  return new AppError('internal', {
    detail: `The store ${path} failed: ${text}.`,
    remedy: 'Check the disk and the log of the machine; the data is as it was before this call.',
    subject: path,
    cause,
  })
}

/** The AppError for a failed write. */
export async function writeFailure(path: string, error: unknown): Promise<AppError> {
  const cause = await commitCause(error)
  return (await cutShort(path, cause)) ? storeFull(path, cause) : storeFailure(path, cause)
}

export function storeFull(path: string, cause: unknown): AppError {
  return new AppError('store-full', {
    detail: `The disk of the store ${path} is full; nothing was kept of what it had no room for.`,
    remedy: 'Free space on that disk or move the store to a larger one, then try again.',
    subject: path,
    cause,
  })
}

/**
 * LMDB reports a failed commit as "Commit failed", with the reason in a promise of its own. It must be awaited
 * in any case: left alone it would end the process as an unhandled rejection. It settles together with the
 * failure; the timer only keeps a caller from waiting forever should it not.
 */
async function commitCause(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error
  try {
    await Promise.race([error.commitError, setTimeout(1000, undefined, { ref: false })])
    return error
  } catch (cause) {
    return cause
  }
}

/**
 * When the last of the space takes only the first part of a write, LMDB says "input/output error", the words
 * for a broken disk. The free space tells the two apart.
 */
async function cutShort(path: string, cause: unknown): Promise<boolean> {
  if (!/input\/output error|EIO/i.test(describe(cause))) return false
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize < 1024 * 1024
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause ? `${cause.message} (${String(cause.code)})` : cause.message
}
