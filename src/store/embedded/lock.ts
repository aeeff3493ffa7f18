import { spawnSync } from 'node:child_process'
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../errors.ts'

export interface FolderLock {
  release(): void
}

/** Exclusive opening, as libuv passes it to the system (O_EXLOCK with O_NONBLOCK; a share mode of 0 on Windows). */
const EXCLUSIVE_OPEN: Partial<Record<NodeJS.Platform, number>> = {
  darwin: 0x20 | constants.O_NONBLOCK,
  freebsd: 0x20 | constants.O_NONBLOCK,
  win32: 0x10000000,
}

/**
 * Makes this process the only one to use the folder. The lock belongs to the open file and is kept by the
 * kernel, so it ends with the process, however that ends: nothing is left behind to clean up, no process id is
 * compared, and none can be mistaken. On Linux it also holds between containers that share the folder.
 * @throws AppError `store-locked`
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'owner.lock')
  const fd = openLockFile(folder, path)
  try {
    const free = process.platform in EXCLUSIVE_OPEN ? noop : await lockFile(folder, fd)
    signFile(fd)
    return {
      release: () => {
        closeSync(fd)
        free()
      },
    }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function openLockFile(folder: string, path: string): number {
  // Opened without truncating: until the lock is ours, the text in the file is the holder's.
  const flags = constants.O_RDWR | constants.O_CREAT | (EXCLUSIVE_OPEN[process.platform] ?? 0)
  try {
    return openSync(path, flags, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EAGAIN' || code === 'EBUSY') throw locked(folder, 'another process')
    throw error
  }
}

/**
 * Node has no flock, but the `flock` program locks a file opened by its caller, and that lock stays with the
 * caller when the program ends. It is part of every usual Linux system and of busybox.
 */
async function lockFile(folder: string, fd: number): Promise<() => void> {
  const run = spawnSync('flock', ['-x', '-n', '3'], { stdio: ['ignore', 'ignore', 'pipe', fd] })
  if (run.error !== undefined) return lockName(folder, fd)
  if (run.status === 0) return noop
  if (run.status === 1) throw locked(folder, holder(fd))
  throw new AppError('config-invalid', {
    detail: `The folder ${folder} cannot be locked: ${run.stderr.toString().trim()}.`,
    remedy: 'Put the store on a local disk; network file systems without locks are not supported.',
    subject: folder,
  })
}

/**
 * For a Linux image without `flock`: a socket name in the kernel's abstract name space, made from the lock
 * file's identity. It too ends with the process; it holds between the processes of one network name space.
 */
async function lockName(folder: string, fd: number): Promise<() => void> {
  const { dev, ino } = fstatSync(fd)
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject('code' in error && error.code === 'EADDRINUSE' ? locked(folder, holder(fd)) : error)
    })
    server.listen({ path: `\0icp-filing-store-${dev}-${ino}` }, () => {
      server.unref()
      resolve(() => void server.close())
    })
  })
}

/** For the message a second process gives. The lock holds without it, so a full disk is no reason to stop here. */
function signFile(fd: number): void {
  try {
    ftruncateSync(fd)
    writeSync(fd, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`, 0)
  } catch {
    // The holder stays unnamed.
  }
}

function holder(fd: number): string {
  const bytes = Buffer.alloc(400)
  const text = bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0)).trim()
  return text === '' ? 'another process' : text
}

function locked(folder: string, who: string): AppError {
  return new AppError('store-locked', {
    detail: `The store ${folder} is in use by ${who}.`,
    remedy: 'Stop that process, or give this one another folder; several processes can share a Redis store.',
    subject: folder,
  })
}

function noop(): void {}
