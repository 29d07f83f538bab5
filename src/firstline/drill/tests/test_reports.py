"""A world's reports go in through the public form."""

import json
from pathlib import Path

from firstline.census.models import Attempt, SelfReport
from firstline.drill.reports import send_reports
from firstline.kernel import scope
from firstline.testing.cast import Cast


def test_each_line_is_sent_and_kept(cast: Cast, tmp_path: Path) -> None:
    lines = [
        {
            "address": "枫林苑1号楼1单元101",
            "persons": [{"name": "王建国", "relation": "本人", "sex": "男"}],
            "symptom": "无",
        },
        {"address": "M78星云", "persons": [{"name": "奥特曼", "phone": "123"}], "symptom": "有病", "note": "哈哈"},
    ]
    (tmp_path / "self_reports.jsonl").write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines))

    roots = send_reports(cast.director, lambda _said: None, tmp_path)

    with scope.enter(cast.director):
        kept = {report.root_id: report for report in SelfReport.objects.all()}
        assert Attempt.objects.get(channel="online").door_id == cast.door.pk
    assert set(kept) == set(roots.values())
    assert kept[roots[1]].door_id == cast.door.pk
    assert kept[roots[2]].door_id is None
