"""Lists of people as counties and communities send them, small."""

SECRETARIES = (
    "姓名,派出单位,职务,乡镇,村,联系电话,到村时间\n".encode()
    + (
        "张宏军,县水利局,干部,灵泉,解家湾,1579740 4367,2015.7.14\n"
        "李杰,县财政局,科员,灵泉镇,穆家岭村,18033997318,2016年2月3日\n"
    ).encode()
)
SECRETARIES_NEWER = (
    "姓名,派出单位,职务,乡镇,村,联系电话,到村时间\n".encode()
    + ("杨瑞艳,市税务局,干部,灵泉镇,解家湾村,17773825009,2020.2.1\n").encode()
)
CHECKPOINTS = (
    "乡镇,村,检查点位置,包点责任人,联系方式,检查组成员(村医/民警)\n".encode()
    + (
        '灵泉镇,解家湾村,解家湾村桥头,梁林华,18600142987,"令狐志刚(村支部成员)、何嘉龙(村医)"\n'
        ',穆家岭,穆家岭村口,薛晨,157 0798 6726,"村医：申瑞华\n民警：张亚飞"\n'
    ).encode()
)
STAFF = (
    "单位,姓名,职务,手机,政治面貌,参加日期\n".encode()
    + (
        "区财政局,李斌,组长,13529942131,中共党员,1.28-2.6\n区财政局,靳芳,组员,电话15898290705,群众,每天(晚上值班)\n"
    ).encode()
)
# The same two people: one has a new phone.
SECRETARIES_OTHER_PHONE = SECRETARIES.replace(b"1579740 4367", b"139 0000 1111")
STAFF_OTHER_PHONE = STAFF.replace(b"13529942131", b"13900001111")
