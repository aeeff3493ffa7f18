// Loaded before the server (`--import`): its wall clock stands as far off as the file FAULT_CLOCK says, in
// milliseconds, and jumps when SIGUSR2 comes.
import { readFileSync } from 'node:fs'

const RealDate = Date
let offset = 0
const read = () => {
  offset = Number(readFileSync(process.env.FAULT_CLOCK, 'utf8')) || 0
}
read()
process.on('SIGUSR2', read)

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset)
    else super(...given)
  }
  static now() {
    return RealDate.now() + offset
  }
}
