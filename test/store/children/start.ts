import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Child {
  readonly process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Resolves when the output holds `text`, rejects when the child ends without it. */
  printed(text: string): Promise<void>
  /** Ends it as a power cut would, and waits for its end. */
  kill(): Promise<void>
}

interface StartOptions {
  readonly script: 'fill' | 'hold' | 'write'
  readonly path: string
  readonly env?: NodeJS.ProcessEnv
  /** A command line the child is started by, in front of node's own. */
  readonly through?: readonly string[]
}

/** Starts one of the scripts of this folder in a process of its own. */
export function startChild({ script, path, env = process.env, through = [] }: StartOptions): Child {
  const file = join(import.meta.dirname, `${script}.ts`)
  const [command = '', ...rest] = [...through, process.execPath, '--import', 'tsx', file, path]
  const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const closed = once(child, 'close')
  return {
    process: child,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve()
        }
        child.stdout.on('data', look)
        child.once('close', () =>
          reject(new Error(`the child ended without printing ${text}: ${output}${errors}`)),
        )
        look()
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}
