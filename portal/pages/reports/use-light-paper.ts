import { useEffect } from 'react'

const SCHEME = 'data-mantine-color-scheme'

/** Paper is white: while the browser prints, the page wears its light colours. */
export function useLightPaper(): void {
  useEffect(() => {
    const root = document.documentElement
    let worn: string | null = null
    const wearLight = () => {
      worn = root.getAttribute(SCHEME)
      root.setAttribute(SCHEME, 'light')
    }
    const wearOwn = () => {
      if (worn !== null) root.setAttribute(SCHEME, worn)
    }
    window.addEventListener('beforeprint', wearLight)
    window.addEventListener('afterprint', wearOwn)
    return () => {
      window.removeEventListener('beforeprint', wearLight)
      window.removeEventListener('afterprint', wearOwn)
    }
  }, [])
}
