/** Opens the store and keeps it open until killed. Argument: path. Prints `open`, or the code of the AppError. */
import { AppError } from '../../../src/errors.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'

try {
  await openEmbeddedStore({ path: process.argv[2] ?? '' })
  console.log('open')
  setInterval(() => undefined, 1000)
} catch (error) {
  console.log(error instanceof AppError ? `${error.code}: ${error.message}` : String(error))
}
