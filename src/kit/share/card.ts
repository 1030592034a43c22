/** Size of the picture that a link unfurls with, in pixels: what X, Slack, Feishu and WeChat show without cutting. */
export const CARD = { width: 1200, height: 630 } as const;
