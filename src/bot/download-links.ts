import type { Case } from '../interview/case.ts'
import type { Download } from '../rendering/case-view.ts'

/** Signs links to the files of a case. */
export interface DownloadLinks {
  /** How long a link works. */
  readonly minutes: number
  /** Fresh links to every file there is; none for a case without answers. */
  links(current: Case): Promise<readonly Download[]>
}
