"""What selection promises, whatever the scores."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.rubric import Dimension
from tests.training import world as walls
from tests.training.world import Diary, World
from training import jsonl
from training.selection import (
    SELECTION,
    Candidate,
    SelectConfig,
    against_paper,
    choose,
    select,
    yield_curve,
)

# Few distinct values, so that ties are common.
scores = st.sampled_from([1.0, 2.5, 3.5, 3.6, 5.0])
pools = st.lists(st.tuples(st.sampled_from("abcde"), scores, scores), min_size=1, max_size=20).map(
    lambda rows: [
        Candidate(
            video=video,
            caption=number,
            captioner=f"model-{number % 3}",
            mean_involved=involved,
            mean_paper=paper,
            levels={},
        )
        for number, (video, involved, paper) in enumerate(rows)
    ]
)
configs = st.builds(
    SelectConfig,
    policy=st.sampled_from(["threshold", "best", "random"]),
    statistic=st.sampled_from(["mean_involved", "mean_paper"]),
    threshold=st.sampled_from([1.0, 3.5, 5.0]),
    budget=st.none() | st.integers(1, 5),
    seed=st.integers(0, 3),
)


class TestChoose:
    @given(pools, configs)
    def test_takes_at_most_one_caption_a_video_within_budget(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        chosen = choose(pool, config)
        videos = [one.video for one in chosen]
        assert videos == sorted(set(videos))
        assert set(map(id, chosen)) <= set(map(id, pool))
        assert config.budget is None or len(chosen) <= config.budget

    @given(pools, configs, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_the_pool(
        self, pool: list[Candidate], config: SelectConfig, chance: Any
    ) -> None:
        shuffled = list(pool)
        chance.shuffle(shuffled)
        assert choose(shuffled, config) == choose(pool, config)

    @given(pools, configs.filter(lambda config: config.policy != "random"))
    def test_nothing_better_or_as_good_and_older_was_passed_over(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        for one in choose(pool, config):
            rivals = [other for other in pool if other.video == one.video]
            best = max(other.score(config.statistic) for other in rivals)
            assert one.score(config.statistic) == best
            as_good = [other for other in rivals if other.score(config.statistic) == best]
            assert one.caption == min(other.caption for other in as_good)

    @given(pools, configs.filter(lambda config: config.policy == "threshold"))
    def test_the_threshold_is_a_floor_that_may_be_touched(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        free = replace(config, budget=None)
        chosen = choose(pool, free)
        assert all(one.score(config.statistic) >= config.threshold for one in chosen)
        best = choose(pool, replace(free, policy="best"))
        assert chosen == [one for one in best if one.score(config.statistic) >= config.threshold]

    @given(pools, configs.filter(lambda config: config.policy != "random"), st.integers(1, 4))
    def test_a_smaller_budget_keeps_the_best(
        self, pool: list[Candidate], config: SelectConfig, budget: int
    ) -> None:
        everything = choose(pool, replace(config, budget=None))
        some = choose(pool, replace(config, budget=budget))
        assert len(some) == min(budget, len(everything))
        left = [one.score(config.statistic) for one in everything if one not in some]
        assert all(one.score(config.statistic) >= max(left, default=0.0) for one in some)

    @given(pools, st.integers(0, 3))
    def test_chance_keeps_its_choice_when_other_videos_come(
        self, pool: list[Candidate], seed: int
    ) -> None:
        config = SelectConfig(policy="random", seed=seed)
        before = {one.video: one for one in choose(pool, config)}
        newcomer = replace(pool[0], video="z", caption=1000)
        after = {one.video: one for one in choose([*pool, newcomer], config)}
        assert before.items() <= after.items()

    def test_seeds_differ(self) -> None:
        pool = [
            Candidate(
                video="a",
                caption=number,
                captioner="m",
                mean_involved=3.0,
                mean_paper=3.0,
                levels={},
            )
            for number in range(20)
        ]
        chosen = {
            choose(pool, SelectConfig(policy="random", seed=seed))[0].caption for seed in range(5)
        }
        assert len(chosen) > 1


class TestReports:
    @given(pools)
    def test_the_yield_falls_from_all_videos(self, pool: list[Candidate]) -> None:
        yields = [row["selected"] for row in yield_curve(pool, "mean_involved")]
        assert yields[0] == len({one.video for one in pool})
        assert yields == sorted(yields, reverse=True)

    @given(pools, configs)
    def test_the_two_averages_are_compared_caption_by_caption(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        told = against_paper(pool, config)
        involved = choose(pool, replace(config, statistic="mean_involved"))
        paper = choose(pool, replace(config, statistic="mean_paper"))
        assert told["both"] + told["only_involved"] == len(involved)
        assert told["both"] + told["only_paper"] == len(paper)


class TestSelect:
    @pytest.fixture
    def scored(self, tmp_path: Path) -> Path:
        """The careful caption of every video is best but for one dimension: nothing moves."""
        directory = tmp_path / "scored"
        directory.mkdir()
        still = [0.9, 0.02, 0.02, 0.02, 0.02, 0.02]
        sure = {5: [0, 0, 0, 0, 0, 1.0], 2: [0, 0, 1.0, 0, 0, 0], 3: [0, 0, 0, 1.0, 0, 0]}
        lines = []
        for video in range(8):
            for place, level in enumerate((5, 2, 3)):
                table = dict.fromkeys(Dimension, sure[level]) | {Dimension.ACTION: still}
                lines.append(
                    {
                        "caption": 10 * video + place,
                        "video": walls.sha(video),
                        "captioner": walls.CAPTIONERS[place],
                        "probabilities": table,
                        "mean_involved": float(level),
                        "mean_paper": 4 * level / 5,
                    }
                )
        jsonl.write(directory / "scores.jsonl", lines)
        return directory

    def test_chooses_from_training_videos_only(self, world: World, scored: Path) -> None:
        work = world.work("select", score=scored)
        result = select(work, SelectConfig(threshold=4.5), Diary())
        lines = list(jsonl.read(work.out / SELECTION))
        assert [line["video"] for line in lines] == [walls.sha(number) for number in range(6)]
        assert {line["captioner"] for line in lines} == {"careful"}
        assert lines[0]["text"] == walls.captions("red", "purple")[0]
        assert lines[0]["levels"] == {
            "object": 5.0,
            "feature": 5.0,
            "action": None,
            "camera": 5.0,
            "background": 5.0,
        }
        assert (result["pool_videos"], result["selected"]) == (6, 6)
        assert result["per_captioner"][0] == {"captioner": "careful", "selected": 6, "share": 1.0}

    def test_the_papers_mean_can_never_pass_where_nothing_moves(
        self, world: World, scored: Path
    ) -> None:
        work = world.work("select", score=scored)
        result = select(work, SelectConfig(threshold=4.5), Diary())
        assert result["against_paper"] == {"both": 0, "only_involved": 6, "only_paper": 0}

    def test_an_empty_selection_is_a_result(self, world: World, scored: Path) -> None:
        work = world.work("select", score=scored)
        config = SelectConfig(statistic="mean_paper", threshold=4.5)
        result = select(work, config, Diary())
        assert result["selected"] == 0
        assert all(row["share"] == 0.0 for row in result["per_captioner"])
        assert (work.out / SELECTION).read_bytes() == b""

    @pytest.mark.parametrize(
        "nonsense",
        [{"policy": "hunch"}, {"statistic": "median"}, {"threshold": 5.1}, {"budget": 0}],
    )
    def test_refuses_nonsense(self, nonsense: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=next(iter(nonsense))):
            SelectConfig(**nonsense)
