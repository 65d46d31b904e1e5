/**
 * The one style sheet of all server-rendered pages. The colours at its head are those of the console's `theme.css`, which a test
 * compares; a page has plain classes and no style of its own.
 */
export const PORTAL_CSS: string = `:root{color-scheme:light dark;--font:system-ui,sans-serif;--radius:.5rem;
--color-accent:light-dark(#2f5bd8,#8fb0ff);
--color-accent-text:light-dark(#ffffff,#0b1530);
--color-bg:light-dark(#f5f6f8,#0e1116);
--color-border:light-dark(#d7dbe2,#303846);
--color-control:light-dark(#7b8494,#7a8597);
--color-danger:light-dark(#b3261e,#ff9b92);
--color-muted:light-dark(#515966,#a6afbd);
--color-success:light-dark(#1a6b3c,#7ddba2);
--color-surface:light-dark(#ffffff,#171b22);
--color-text:light-dark(#16191f,#e8ebf0);
--color-warning:light-dark(#875100,#f3c26b)}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 var(--font);color:var(--color-text);background:var(--color-bg)}
a{color:var(--color-accent)}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 1rem}
h2{font-size:1.2rem;margin:0 0 .5rem}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
:focus-visible{outline:3px solid var(--color-accent);outline-offset:2px}
.skip-link{position:absolute;left:-999rem;top:0;padding:.5rem 1rem;background:var(--color-accent);color:var(--color-accent-text)}
.skip-link:focus{left:0;z-index:1}
.site-header{background:var(--color-surface);border-bottom:1px solid var(--color-border)}
.site-header-inner{max-width:64rem;margin:0 auto;padding:.75rem 1rem;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center}
.site-title{font-weight:700}
.site-user{margin-left:auto;color:var(--color-muted);display:flex;gap:1rem;align-items:center;flex-wrap:wrap}
.site-nav ul,.tabs ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem;margin:0;padding:0}
.site-nav a,.tabs a{display:block;padding:.35rem .75rem;border-radius:var(--radius);color:var(--color-text);text-decoration:none}
.site-nav a:hover,.tabs a:hover{text-decoration:underline}
.site-nav a[aria-current],.tabs a[aria-current]{background:var(--color-accent);color:var(--color-accent-text)}
.tabs{margin-bottom:1rem}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}
main.narrow{max-width:32rem}
.trail{color:var(--color-muted);font-size:.9rem;margin:0 0 .25rem}
.trail ol{list-style:none;display:flex;flex-wrap:wrap;margin:0;padding:0}
.trail li+li::before{content:"\\203A";padding:0 .5rem}
.card{background:var(--color-surface);border:1px solid var(--color-border);border-radius:var(--radius);padding:1.25rem;margin:0 0 1.25rem}
.card>p:first-of-type{margin-top:0}
.muted,.hint{color:var(--color-muted)}
.hint{font-size:.9rem;margin:.15rem 0 .35rem}
label,.label{display:block;margin-top:1rem;font-weight:600}
.check{display:flex;gap:.5rem;align-items:baseline;font-weight:400}
fieldset{border:1px solid var(--color-border);border-radius:var(--radius);padding:0 1rem 1rem;margin:1rem 0}
legend{font-weight:600;padding:0 .25rem}
input:not([type=checkbox]):not([type=radio]),textarea,select{font:inherit;width:100%;max-width:36rem;padding:.5rem;color:inherit;background:var(--color-surface);border:1px solid var(--color-control);border-radius:var(--radius)}
textarea{min-height:6rem;font-family:ui-monospace,monospace;font-size:.9rem}
[aria-invalid=true]{border-color:var(--color-danger)}
button,.button{font:inherit;display:inline-block;margin-top:1rem;padding:.5rem 1rem;border:1px solid var(--color-accent);border-radius:var(--radius);background:var(--color-accent);color:var(--color-accent-text);text-decoration:none;cursor:pointer}
button.secondary,.button.secondary{background:transparent;color:var(--color-accent)}
button.danger{background:transparent;border-color:var(--color-danger);color:var(--color-danger)}
button.small{margin:0;padding:.2rem .6rem;font-size:.9rem}
.actions{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}
.actions form{margin:0}
.copy{font-family:ui-monospace,monospace;overflow-wrap:anywhere;padding:.5rem;border:1px dashed var(--color-control);border-radius:var(--radius);margin:.25rem 0;user-select:all}
.notice{border-left:.25rem solid var(--color-accent);background:var(--color-surface);padding:.75rem 1rem;margin:0 0 1.25rem;border-radius:0 var(--radius) var(--radius) 0}
.notice.success{border-color:var(--color-success)}
.notice.warning{border-color:var(--color-warning)}
.notice.danger,.error{border-left:.25rem solid var(--color-danger);padding-left:.75rem}
.error{margin:.35rem 0;color:var(--color-danger)}
.table-scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--color-muted);padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid var(--color-border)}
.badge{display:inline-block;padding:0 .5rem;border:1px solid currentColor;border-radius:1rem;font-size:.85rem;white-space:nowrap}
.badge.success{color:var(--color-success)}
.badge.warning{color:var(--color-warning)}
.badge.danger{color:var(--color-danger)}
dl.facts{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.25rem 1rem;margin:0}
dl.facts dt{color:var(--color-muted)}
dl.facts dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){dl.facts{grid-template-columns:1fr}.site-user{margin-left:0}}`;
