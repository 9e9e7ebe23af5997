"""Which columns of what is known are personal."""

from valedor.foundation.personal import CODE, OF_THE_HOUSE, Columns, Goes, Impersonal, Personal

_WORDS_OF_THE_HOUSE = Impersonal("stems of what the organisation publishes")

COLUMNS: Columns = {
    "Article.key": OF_THE_HOUSE,
    "ArticleVersion.shelf": CODE,
    "ArticleVersion.title": OF_THE_HOUSE,
    "ArticleVersion.body": OF_THE_HOUSE,
    "ArticleVersion.keywords": OF_THE_HOUSE,
    "SheetVersion.key": CODE,
    "SheetVersion.brief": OF_THE_HOUSE,
    "SheetVersion.do": OF_THE_HOUSE,
    "SheetVersion.avoid": OF_THE_HOUSE,
    "SheetVersion.ask": OF_THE_HOUSE,
    "Impression.manner": Personal(
        "how the person came across in one contact",
        "while the conversation goes on, and for as many days as the entity says, 90 at most",
        Goes.ROW,
    ),
    "ArticleWords.language": CODE,
    "ArticleWords.words": _WORDS_OF_THE_HOUSE,
}
