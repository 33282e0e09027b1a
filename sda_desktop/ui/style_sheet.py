"""The style sheet, to be filled in by `theme.style_sheet`: c, the colours, and measures in pixels."""

SHEET = """
QToolTip {{ color: {c.text}; background: {c.raised}; border: 1px solid {c.edge}; padding: {half}px; }}

QPushButton {{ color: {c.text}; background: {c.raised}; border: 1px solid {c.edge};
    border-radius: {radius}px; padding: 3px 10px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.selection}; }}
QPushButton:focus {{ border-color: {c.accent}; }}
QPushButton:disabled {{ color: {c.disabled}; background: {c.window}; border-color: {c.border}; }}
QPushButton[role="primary"] {{ color: {c.accent_text}; background: {c.accent}; border-color: {c.accent};
    font-weight: 600; padding: 5px 14px; }}
QPushButton[role="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 3px double {c.text}; padding: 3px 12px; }}
QPushButton[role="primary"]:disabled {{ color: {c.disabled}; background: {c.border};
    border-color: {c.border}; }}
QPushButton[role="quiet"], QPushButton[role="link"], QPushButton[role="row"], QPushButton[role="fold"] {{
    background: transparent;
    border-color: transparent; padding: 3px 6px; }}
QPushButton[role="link"] {{ color: {c.accent}; text-align: left; }}
QPushButton[role="row"] {{ text-align: left; }}
QPushButton[role="fold"] {{ text-align: left; padding: 2px {half}px 2px 0;
    margin-left: -{half}px; }}
QPushButton[role="quiet"]:hover, QPushButton[role="link"]:hover, QPushButton[role="row"]:hover,
QPushButton[role="fold"]:hover {{ background: {c.hover}; }}
QPushButton[role="quiet"]:focus, QPushButton[role="link"]:focus, QPushButton[role="row"]:focus,
QPushButton[role="fold"]:focus {{ border-color: {c.accent}; }}

QPushButton[role="segment"] {{ background: transparent; padding: 3px 14px; border-radius: 0; }}
QPushButton[role="segment"]:checked {{ background: {c.selection}; color: {c.accent}; }}
QPushButton[role="segment"][side="first"] {{ border-top-left-radius: {radius}px;
    border-bottom-left-radius: {radius}px; border-right: none; }}
QPushButton[role="segment"][side="last"] {{ border-top-right-radius: {radius}px;
    border-bottom-right-radius: {radius}px; }}

QToolButton {{ color: {c.text}; background: transparent; border: 1px solid transparent;
    border-radius: {radius}px; padding: 2px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.selection}; }}
QToolButton:focus {{ border-color: {c.accent}; }}
QToolButton:disabled {{ color: {c.disabled}; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QPlainTextEdit, QTextEdit {{ color: {c.text}; background: {c.base}; border: 1px solid {c.field};
    border-radius: {radius}px; padding: 2px {half}px; selection-background-color: {c.accent};
    selection-color: {c.accent_text}; placeholder-text-color: {c.muted}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {c.accent}; }}
QLineEdit:disabled, QLineEdit:read-only {{ background: {c.window}; border-color: {c.border}; }}
QLineEdit:disabled {{ color: {c.muted}; }}
QLineEdit[invalid="true"] {{ border-color: {c.error}; }}

QComboBox {{ color: {c.text}; background: {c.raised}; border: 1px solid {c.field};
    border-radius: {radius}px; padding: 2px 6px; }}
QComboBox:hover {{ background: {c.hover}; }}
QComboBox:focus {{ border-color: {c.accent}; }}
QComboBox:disabled {{ color: {c.muted}; background: {c.window}; border-color: {c.border}; }}
QComboBox::drop-down {{ border: none; width: 20px; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: url("{icons}/_arrow-down.svg"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.edge}; outline: none;
    selection-background-color: {c.selection}; selection-color: {c.text}; }}

QAbstractSpinBox {{ color: {c.text}; background: {c.base}; border: 1px solid {c.field};
    border-radius: {radius}px; padding: 2px {half}px; selection-background-color: {c.accent};
    selection-color: {c.accent_text}; }}
QAbstractSpinBox:focus {{ border-color: {c.accent}; }}
QAbstractSpinBox:disabled {{ color: {c.disabled}; background: {c.window}; border-color: {c.border}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 16px; }}
QAbstractSpinBox::up-arrow {{ image: url("{icons}/_arrow-up.svg"); width: 8px; height: 8px; }}
QAbstractSpinBox::down-arrow {{ image: url("{icons}/_arrow-down.svg"); width: 8px; height: 8px; }}

QCheckBox {{ spacing: {grid}px; }}
QCheckBox:disabled {{ color: {c.disabled}; }}
QCheckBox::indicator {{ width: 14px; height: 14px; background: {c.base}; border: 1px solid {c.muted};
    border-radius: 3px; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
QCheckBox:focus {{ color: {c.accent}; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url("{check}"); }}
QCheckBox::indicator:disabled {{ background: {c.border}; border-color: {c.border}; }}

QSlider::groove:horizontal {{ height: {half}px; background: {c.edge}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -5px 0; background: {c.raised};
    border: 1px solid {c.muted}; border-radius: 6px; }}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ border-color: {c.accent};
    background: {c.accent}; }}
QSlider::sub-page:horizontal:disabled, QSlider::groove:horizontal:disabled {{ background: {c.border}; }}
QComboBox QAbstractItemView::item {{ padding: 3px {half}px; border: none; border-radius: 3px; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.selection}; color: {c.text}; }}

QMenuBar {{ color: {c.text}; background: transparent; border: none; padding: 0; }}
QMenuBar::item {{ background: transparent; border-radius: {radius}px; padding: 4px {grid}px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c.selection}; color: {c.text}; }}
QMenuBar::item:disabled {{ color: {c.disabled}; }}
QMenu {{ background: {c.raised}; border: 1px solid {c.edge}; padding: {half}px; }}
QMenu::item {{ padding: 4px 20px 4px 12px; border-radius: {radius}px; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.disabled}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: {half}px; }}

QAbstractItemView {{ background: {c.base}; border: 1px solid {c.border};
    selection-background-color: {c.selection}; selection-color: {c.text}; }}
QTreeView::branch:has-children:closed {{ image: url("{icons}/_arrow-right.svg"); }}
QTreeView::branch:has-children:open {{ image: url("{icons}/_arrow-down.svg"); }}
QAbstractItemView:focus {{ border-color: {c.accent}; }}
QHeaderView {{ background: {c.base}; border: none; }}
QHeaderView::section {{ color: {c.muted}; background: {c.base}; border: none;
    border-bottom: 1px solid {c.border}; padding: 3px 4px; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {c.border}; }}
QStatusBar::item {{ border: none; }}

QProgressBar {{ color: {c.text}; background: {c.border}; border: none; border-radius: 2px;
    max-height: {half}px; min-height: {half}px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}

QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {c.edge}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QLabel[role="heading"] {{ color: {c.text}; font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="error"] {{ color: {c.error}; }}
QLabel[role="warning"] {{ color: {c.warning}; }}
QLabel[role="success"] {{ color: {c.success}; }}
QFrame[role="card"] {{ background: {c.base}; border: 1px solid {c.border}; border-radius: {radius}px; }}
QFrame[role="notice"] {{ background: {c.raised}; border: 1px solid {c.edge}; border-radius: {radius}px; }}
"""
