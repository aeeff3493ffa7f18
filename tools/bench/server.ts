import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** USER_HZ of Linux, the same on every machine. */
const TICKS = 100

export interface Server {
  readonly address: string
  readonly pid: number
  /** Milliseconds from the start of the process until it listens. */
  readonly startMs: number
  /** Resident memory now, in MB. */
  memory(): number
  /** The same without pages of files, such as those of the embedded store, which the system takes back when it likes. */
  ownMemory(): number
  /** Processor time used so far by all its threads, in seconds. */
  cpu(): number
  stop(): Promise<void>
}

/** Starts a server process that prints where it listens; with `cpu` it is held to that processor. */
export async function startServer(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const [program = '', ...rest] = command
  const begin = performance.now()
  const child = spawn(program, rest, {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const exited = once(child, 'exit')
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.push(line)
      const found = /listens on (http:\/\/\S+?)"/.exec(line)?.[1]
      if (found) resolve(found)
    })
    void exited.then(() =>
      reject(new Error(`${command.join(' ')} ended: ${output.join('\n').slice(0, 2000)}`)),
    )
  })
  return {
    address,
    pid: child.pid ?? 0,
    startMs: performance.now() - begin,
    memory: () => megabytes(child.pid, 'VmRSS'),
    ownMemory: () => megabytes(child.pid, 'RssAnon'),
    cpu: () => {
      const stat = readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8')
      // After the name, which may hold blanks; the 14th and 15th field of all, in ticks of 10 ms.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return (Number(fields[11]) + Number(fields[12])) / TICKS
    },
    stop: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

function megabytes(pid: number | undefined, line: string): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
  return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
}
