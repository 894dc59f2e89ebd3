"""Headings and labels of the raw exports, as an office would write them."""

from __future__ import annotations

DOSSIER_CODE = "Mã hồ sơ"
PROCEDURE = "Mã TTHC"
UNIT = "Mã đơn vị"
APPLICANT = "Người nộp"
PHONE = "Số điện thoại"
RECEIVED = "Ngày tiếp nhận"
DUE = "Ngày hẹn trả"
FINISHED = "Ngày hoàn thành"
CHANNEL = "Kênh tiếp nhận"
STATUS = "Trạng thái"
SUPPLEMENTS = "Số lần bổ sung"
WAITING = "Số ngày chờ bổ sung"

SYNCED = "Thời điểm đồng bộ"
STATUS_CODE = "Mã trạng thái"

TRANSACTION = "transaction_id"
PAYMENT_DOSSIER = "dossier_code"
PAID_AT = "paid_at"
PAYMENT_AMOUNT = "amount_vnd"
METHOD = "method"
PAYER = "payer_name"

DECISION_HEADINGS = (
    "Số quyết định", "Ngày ban hành", "Cơ quan trình", "Ngày văn bản có hiệu lực", "Trích yếu",
)  # fmt: skip
FIELD = "Lĩnh vực"
CHANGE_HEADINGS = ("Số quyết định", PROCEDURE, "Hình thức", FIELD, "Cấp thực hiện")
PUBLICATION_HEADINGS = (PROCEDURE, "Số quyết định", "Hệ thống", "Ngày công khai")
PETITION_HEADINGS = (
    "Mã PAKN", UNIT, RECEIVED, "Nội dung phân loại", "Hạn trả lời", "Ngày trả lời", "Kết quả",
)  # fmt: skip
CATALOGUE_HEADINGS = (
    PROCEDURE, "Tên TTHC", "Tên TTHC (en)", FIELD, UNIT, "Cấp thực hiện",
    "Thời hạn giải quyết", "Mức độ DVC", "Thu phí",
)  # fmt: skip

# In the order of receipts.ONLINE, COUNTER, POSTAL.
CHANNELS = ("Trực tuyến", "Trực tiếp", "Bưu chính công ích")
# Position 0 is unused: the portal's codes run from 1 to 10.
STATUSES = (
    "",
    "Mới đăng ký",
    "Được tiếp nhận",
    "Không được tiếp nhận",
    "Đang xử lý",
    "Yêu cầu bổ sung giấy tờ",
    "Yêu cầu thực hiện nghĩa vụ tài chính",
    "Công dân yêu cầu rút hồ sơ",
    "Dừng xử lý",
    "Đã xử lý xong",
    "Đã trả kết quả",
)
ONLINE_SERVICES = {"full": "Toàn trình", "partial": "Một phần", "none": "Không"}
YES, NO = "Có", "Không"

# Obviously fake people. They must never leave the raw folder, which makes them canaries.
FAKE_NAME = "NGƯỜI NỘP GIẢ LẬP"
FAKE_PHONE_PREFIX = "00000"
FAKE_PEOPLE = 100_000
