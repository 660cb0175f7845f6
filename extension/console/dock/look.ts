/**
 * How the dock looks: colours, measures and motion are the panel's. What is said of `:host` here, with
 * `!important`, is stronger than anything that the page's style sheets say of its elements.
 */
export const LOOK = `
:host{all:initial!important;position:fixed!important;inset:0 0 auto auto!important;width:0!important;height:0!important;
z-index:2147483647!important;color-scheme:light dark!important}
:host([hidden]){display:none!important}
@media print{:host{display:none!important}}
.handle,.mode{box-sizing:border-box;display:grid;place-items:center;padding:0;cursor:pointer;
color:light-dark(#0052d9,#7db0ff);background:light-dark(#fff,#191d23);border:1px solid light-dark(#7f8796,#7a8595)}
.handle:hover,.mode:hover{background:light-dark(#f0f5fd,#2b3543)}
.handle{position:fixed;top:calc(50% - 32px);right:0;width:28px;height:64px;border-right:0;border-radius:6px 0 0 6px;
box-shadow:light-dark(0 4px 16px rgb(24 32 48/.16),0 4px 20px rgb(0 0 0/.56))}
.open .handle{visibility:hidden}
svg{display:block;width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round}
.handle svg{color:#fff;background:light-dark(#0052d9,#2b66d6);border-radius:4px}
.mode svg{width:16px;height:16px}
.dock{position:fixed;top:0;right:0;bottom:0;width:min(var(--width),100vw - 48px);visibility:hidden;
transform:translate(100%);transition:transform .2s cubic-bezier(.2,0,0,1),visibility .2s;
background:light-dark(#f3f4f7,#101317);
box-shadow:light-dark(-4px 0 12px rgb(24 32 48/.06),-4px 0 12px rgb(0 0 0/.4))}
.open .dock{visibility:visible;transform:none;transition-property:transform}
@starting-style{.open .dock{visibility:hidden;transform:translate(100%)}}
iframe{display:block;width:100%;height:100%;border:0}
.grip{position:absolute;z-index:1;top:0;bottom:0;left:-4px;width:8px;cursor:ew-resize;touch-action:none}
.grip::after{content:"";position:absolute;top:calc(50% - 16px);left:2px;width:4px;height:32px;border-radius:2px;
background:light-dark(#7f8796,#7a8595)}
.mode{position:absolute;bottom:16px;left:-28px;width:24px;height:24px;border-radius:3px;visibility:hidden}
.grip:hover~.mode,.grip:focus-visible~.mode,.mode:hover,.mode:focus,.offer .mode{visibility:inherit}
:focus-visible{outline:2px solid light-dark(#006eff,#5b9bff);outline-offset:2px}
.grip:focus-visible{outline-offset:-2px}
@media(prefers-reduced-motion:reduce){.dock{transition:none}}`;

/** How long the dock slides (ms). */
export const SLIDE = 200;
