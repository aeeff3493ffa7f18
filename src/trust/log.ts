import { pino, type DestinationStream, type Level, type Logger } from 'pino'
import { redactDeep } from './redact-deep.ts'
import { redact } from './redact.ts'
import { hiddenValues, scopeId } from './scope.ts'

/**
 * The log: JSON lines. Each line of one turn has the same `turn`, and nothing personal or secret gets past it,
 * whoever writes what: messages, fields, errors and their causes all go through the redactor.
 */
export function createLog(level: Level | 'silent', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    mixin: () => {
      const turn = scopeId()
      return turn === undefined ? {} : { turn }
    },
    formatters: {
      log: (fields: Record<string, unknown>) => redactDeep(fields, hiddenValues()) as Record<string, unknown>,
    },
    // Errors come out of the formatter as plain objects already.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: (...args: never[]) => void) {
        const known = hiddenValues()
        const shown = withMessage(args).map((part) => (typeof part === 'string' ? redact(part, known) : part))
        Reflect.apply(method, this, shown)
      },
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** pino would take the message of an error by itself, past the hook. */
function withMessage(args: readonly unknown[]): readonly unknown[] {
  const [first, ...others] = args
  const error: unknown = typeof first === 'object' && first !== null && 'err' in first ? first.err : first
  if (!(error instanceof Error)) return args
  const fields = first instanceof Error ? { err: first } : first
  return [fields, ...(others.length > 0 ? others : [error.message])]
}
