import type { ComponentChildren } from 'preact'

/** Drawn in the current colour; always beside a name, so hidden from assistive technology. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

/** A page with a seal of approval: the product's mark. */
export const Mark = () => (
  <Icon>
    <path d="M6 3h8l4 4v5" />
    <path d="M18 20.5H6V3" />
    <path d="M9.5 8.5h3M9.5 12.5h3" />
    <path d="m13.5 17 2.2 2.2 4.3-4.4" />
  </Icon>
)
export const MenuIcon = () => (
  <Icon>
    <path d="M5 7h14M5 12h14M5 17h14" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
)
export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
)
export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
)
export const DownIcon = () => (
  <Icon>
    <path d="m6 9 6 6 6-6" />
  </Icon>
)
export const NextIcon = () => (
  <Icon>
    <path d="M5 12h14M13 6l6 6-6 6" />
  </Icon>
)
export const CaseIcon = () => (
  <Icon>
    <path d="M5 4h14v16H5z" />
    <path d="m8.5 9 1.5 1.5L12.5 8M8.5 15l1.5 1.5 2.5-2.5M15 9.5h1.5M15 15.5h1.5" />
  </Icon>
)
export const ChatIcon = () => (
  <Icon>
    <path d="M4 5h16v11H11l-5 4v-4H4z" />
    <path d="M8 9.5h8M8 12.5h5" />
  </Icon>
)
