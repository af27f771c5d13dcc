"""Which countries may apply: the 187 Member States of the ILO (GEN-01), and invented ones in samples."""

_CODES = """
    AFG ALB DZA AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BOL BIH BWA BRA BRN BGR BFA
    BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD COK CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU
    EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL
    IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR KWT KGZ LAO LVA LBN LSO LBR LBY LTU LUX MDG MWI
    MYS MDV MLI MLT MHL MRT MUS MEX MDA MNG MNE MAR MOZ MMR NAM NPL NLD NZL NIC NER NGA MKD NOR OMN PAK
    PLW PAN PNG PRY PER PHL POL PRT QAT KOR ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP
    SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA
    UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""

MEMBERS = frozenset(_CODES.split())
"""ISO 3166 alpha-3 codes: the UN members without Andorra, Bhutan, DPR Korea, Liechtenstein, Micronesia,
Monaco and Nauru, with the Cook Islands."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_member(code: str) -> bool:
    """True for the alpha-3 code, in capitals, of an ILO Member State (GEN-01)."""
    return code in MEMBERS


def is_invented(code: str) -> bool:
    """True for XAA to XZZ, which ISO 3166 leaves to its users: countries of samples and rehearsals."""
    return len(code) == 3 and code[0] == "X" and all(letter in _LETTERS for letter in code[1:])
