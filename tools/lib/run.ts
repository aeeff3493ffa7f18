import { AppError } from '../../src/errors.ts'
import { UsageError } from './usage-error.ts'

/** Runs a tool: prints what it returns; an error that a person can mend is printed without a trace and exits with 1. */
export function run(tool: () => string | Promise<string>): void {
  void Promise.resolve()
    .then(tool)
    .then((output) => {
      process.stdout.write(`${output}\n`)
    })
    .catch((error: unknown) => {
      process.exitCode = 1
      if (error instanceof UsageError) process.stderr.write(`${error.message}\n`)
      else if (error instanceof AppError) process.stderr.write(`${error.message}\n${error.remedy}\n`)
      else throw error
    })
}
