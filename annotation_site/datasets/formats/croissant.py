"""Describes the data set's files in Croissant 1.1, the vocabulary of MLCommons."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from annotation_site.datasets.formats.tables import Table, Written
from scorer.rubric import LEVELS, QUESTIONS

CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES: Final = {
    "int8": "sc:Integer",
    "int16": "sc:Integer",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "double": "sc:Float",
    "bool": "sc:Boolean",
    "string": "sc:Text",
    "timestamp[us, tz=UTC]": "sc:Date",
}


def described(snapshot: Mapping[str, Any], digest: str, files: Sequence[Written]) -> str:
    """The JSON-LD of a data set made of these files, out of a snapshot with this manifest."""
    about = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": f"{snapshot['project']}-{digest[:12]}",
        "description": (
            f"Human ratings of video captions from the project {snapshot['project']}. "
            f"Frozen by Crest as the snapshot {digest}."
        ),
        "version": f"1.0.0+{digest[:12]}",
        "identifier": digest,
        # The licence is for those to choose who publish the data.
        "citeAs": f"{snapshot['project']}, Crest snapshot {digest}",
        "rai:annotationPlatform": "Crest",
        "rai:dataCollection": (
            f"{snapshot['counts']['judgments']} judgments by human annotators, each of one caption "
            "on one dimension, by watching the video."
        ),
        "rai:machineAnnotationTools": "none: no model's answer is shown to annotators",
        "rai:dataAnnotationProtocol": _protocol(),
        "rai:personalSensitiveInformation": "annotators are pseudonyms such as a17",
        "distribution": [_file(file) for file in files],
        "recordSet": [_records(file) for file in files],
    }
    if snapshot["as_of"] is not None:
        about["datePublished"] = snapshot["as_of"]
    return json.dumps(about, indent=2, ensure_ascii=False) + "\n"


def _protocol() -> str:
    asked = " ".join(f"{question.title}: {question.text}" for question in QUESTIONS)
    scale = "; ".join(f"{level.value} {level.phrase}" for level in LEVELS)
    return f"{asked} Levels: {scale}."


def _file(file: Written) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _records(file: Written) -> dict[str, Any]:
    name = f"{file.table.name}-{file.split}"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{file.rows} {file.table.name} of the videos on the side {file.split}",
        "field": [_field(name, file, column) for column in _columns(file.table)],
    }


def _columns(table: Table) -> list[pa.Field]:
    return [table.schema.field(number) for number in range(len(table.schema))]


def _field(records: str, file: Written, column: pa.Field) -> dict[str, Any]:
    listed = pa.types.is_list(column.type)
    value = column.type.value_type if listed else column.type
    field = {
        "@type": "cr:Field",
        "@id": f"{records}/{column.name}",
        "name": column.name,
        "dataType": TYPES[str(value)],
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
    }
    return {**field, "repeated": True} if listed else field
