//! The report of a round.

use super::*;
use crate::reviews::report;

#[tokio::test]
async fn the_report_says_all_that_was_said() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&bo, 1, "reword", "Says \"more\", better").await;
    round.say(&rea, 1, "keep", "").await;
    store::comment_as_reviewer(round.db(), &rea, 1, "k", "=1+1 <b> and *this*", "")
        .await
        .unwrap();
    round.resolve_all().await;
    store::finish(round.db(), &rea, true, true, "").await.unwrap();
    store::sign_off(round.db(), &round.cora(), &round.round, true, "Done <i>")
        .await
        .unwrap();
    let whole = store::whole(round.db(), &round.cora(), SET, &round.round)
        .await
        .unwrap();
    let csv = report::csv(&whole);
    assert_eq!(csv.matches("\r\n").count(), 5);
    assert!(
        csv.contains("Bo: reword: “Says \"\"more\"\", better”")
            && csv.contains("disagreement")
            && csv.contains("For good reason."),
        "{csv}"
    );
    let html = report::html(&whole, "n\"once");
    assert!(
        html.contains("Signed off by Cora") && html.contains("<h2>Acknowledgements</h2><p>Rea</p>"),
        "{html}"
    );
    assert!(
        html.contains("Rea: <p>=1+1") && html.contains("<em>this</em>"),
        "{html}"
    );
    assert!(csv.contains("and *this*"), "{csv}");
    assert!(!html.contains("<b>\"") && !html.contains("Done <i>") && html.contains("Done &lt;i&gt;"));
    assert!(html.contains("nonce=\"n&quot;once\""));
}
