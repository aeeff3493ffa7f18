import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { ROOT } from './app.ts'

export interface Running {
  readonly address: string
  readonly child: ChildProcess
  /** As a power cut ends it. */
  kill(): Promise<void>
  /** As an operator ends it; gives the exit code. */
  stop(): Promise<number | null>
}

/**
 * Starts the built server as `npm start` does, on a free port, and waits until it listens. `wrapper` stands in front
 * of the command.
 */
export async function startProcess(
  environment: Readonly<Record<string, string>>,
  wrapper: readonly string[] = [],
): Promise<Running> {
  const [command = process.execPath, ...rest] = [
    ...wrapper,
    ...[process.execPath, '--enable-source-maps', join(ROOT, 'dist/main.js')],
  ]
  const child = spawn(command, rest, {
    env: { PATH: process.env['PATH'], NODE_ENV: 'development', PORT: '0', ...environment },
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
    void exited.then(() => reject(new Error(`the server ended: ${output.join('\n')}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    address,
    child,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM')
      return child.exitCode
    },
  }
}
