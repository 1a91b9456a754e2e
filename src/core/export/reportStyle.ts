/** How a report looks: light or dark as its reader's system, and always light on paper. */
export const REPORT_STYLE = `:root{color-scheme:light dark;--page:#fff;--ink:#1c1c1c;--soft:#5a5a5a;--line:#ddd;--behind:#777}
@media (prefers-color-scheme:dark){:root{--page:#151515;--ink:#e8e8e8;--soft:#a8a8a8;--line:#3a3a3a;--behind:#444}}
body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--page)}
h1,h2,h3{line-height:1.25;text-wrap:balance}h2{margin-top:2.5rem}section{margin:1.5rem 0}section>p,section>h3{margin:.25rem 0}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0;font-size:.9rem}th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums}
th{font-weight:600;vertical-align:bottom;min-width:3.5rem}th:first-child,td:first-child{position:sticky;left:0;text-align:left;background:var(--page)}td{white-space:nowrap}caption{text-align:left;font-weight:600;padding:.5rem 0}
tr.published td{color:var(--soft);font-style:italic}td.best{font-weight:700}td.second{text-decoration:underline}small{color:var(--soft)}
svg{max-width:100%;height:auto}svg text{fill:currentColor}svg line[stroke="#ddd"],svg line[stroke="#eee"]{stroke:var(--line)}svg rect[fill="#fff"]{fill:var(--page)}
figure{display:inline-block;margin:.5rem .75rem .5rem 0;vertical-align:top}figcaption{font-size:.85rem;color:var(--soft)}
img{width:18rem;max-width:100%;height:auto;display:block;background:var(--behind)}details{margin:1rem 0}
.pinned{position:relative;display:inline-block;overflow:hidden}.pinned b{position:absolute;transform:translateY(-100%);padding:0 .35em;border:1px solid #fff;border-radius:.8em .8em .8em 0;background:#000;color:#fff;font-size:.75rem;line-height:1.4}
dt{margin-top:.5rem}dd{margin:0 0 0 1rem;color:var(--soft)}code{overflow-wrap:anywhere;font-size:.85em}pre{white-space:pre-wrap}
@media print{:root{color-scheme:light;--page:#fff;--ink:#000;--soft:#444;--line:#bbb;--behind:#777}body{font-size:10pt;margin:0;max-width:none;padding:0}
.wide{overflow:visible}table{font-size:7pt;width:100%}th,td{padding:.15rem .2rem;min-width:0}th{min-width:2.8em;overflow-wrap:anywhere}td:first-child{white-space:normal}img{width:5.5cm}section,figure,svg,tr,dt{break-inside:avoid}h2,h3,dt,caption{break-after:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;
