import { noteTouch } from './api/unattended.ts'

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

for (const touch of TOUCHES) window.addEventListener(touch, noteTouch, { capture: true, passive: true })
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') noteTouch()
})
