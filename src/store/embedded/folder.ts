import { constants } from 'node:fs'
import { access, mkdir, open, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../errors.ts'
import { storeFull } from './failure.ts'

const { R_OK, W_OK, X_OK } = constants
/** What LMDB needs to begin: its two files with their first pages, generously. */
const ROOM_TO_BEGIN = 1024 * 1024
/** The mark of an LMDB file and where it stands in each of the first two pages; the page size stands in the first. */
const MAGIC = 0xbeefc0de
const MAGIC_AT = 24
const PAGE_SIZE_AT = 48

/**
 * Creates the folder if need be and checks that it can be used.
 * @throws AppError `config-invalid`
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    if (!(await stat(folder)).isDirectory()) throw new TypeError('it is not a folder')
    await access(folder, R_OK | W_OK | X_OK)
  } catch (cause) {
    throw unusable(folder, cause, 'Name a folder (not a file) that this user may create and write.')
  }
}

/**
 * Finds out what LMDB would fail to open. It has to be found beforehand: when opening fails, lmdb 3.5 frees its
 * environment twice and takes the whole process down instead of throwing.
 * @throws AppError `config-invalid` or `store-full`
 */
export async function checkFiles(folder: string): Promise<void> {
  const sizes: number[] = []
  try {
    for (const name of ['data.mdb', 'lock.mdb']) sizes.push(await usableSize(join(folder, name)))
    if (sizes[0] !== 0) await checkData(join(folder, 'data.mdb'))
  } catch (cause) {
    throw unusable(folder, cause, 'Restore the folder from a backup, or name another one.')
  }
  if (!sizes.includes(0)) return
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < ROOM_TO_BEGIN) throw storeFull(folder, undefined)
}

/**
 * One level after the other, not `recursive`: Node's own recursion never returns where the system answers "no
 * such folder" although the parent exists, as below /proc. For the owner's eyes only: the store holds what
 * people typed about their company and themselves.
 */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder)
  if (parent !== folder && !(await exists(parent))) await makeFolder(parent)
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    // Already there, or made by another process in this moment; whether it is a folder is checked next.
    if (!(await exists(folder))) throw error
  }
}

/** The size of a file that can be read and written, 0 when it is missing. */
async function usableSize(path: string): Promise<number> {
  if (!(await exists(path))) return 0
  const found = await stat(path)
  if (!found.isFile()) throw new TypeError(`${path} is not a file`)
  await access(path, R_OK | W_OK)
  return found.size
}

async function checkData(path: string): Promise<void> {
  const file = await open(path)
  try {
    const number = async (at: number): Promise<number> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, at)
      return bytesRead === 4 ? buffer.readUInt32LE() : 0
    }
    const pageSize = await number(PAGE_SIZE_AT)
    const marks = [await number(MAGIC_AT), await number(pageSize + MAGIC_AT)]
    if (pageSize === 0 || marks.some((mark) => mark !== MAGIC))
      throw new TypeError(`${path} is not a store file`)
  } finally {
    await file.close()
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

function unusable(folder: string, cause: unknown, remedy: string): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new AppError('config-invalid', {
    detail: `The store folder ${folder} cannot be used: ${reason}.`,
    remedy,
    subject: folder,
    cause,
  })
}
