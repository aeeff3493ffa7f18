import type { AppError } from '../errors.ts'

const uncertain = new WeakSet<AppError>()

/** Notes that the call that failed with this error may have taken effect: it was sent, and no answer came. */
export function markUncertain(error: AppError): AppError {
  uncertain.add(error)
  return error
}

/** Whether what failed may be there after all. Otherwise nothing of it was kept. */
export function isUncertain(error: AppError): boolean {
  return uncertain.has(error)
}
