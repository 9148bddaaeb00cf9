NAME = "{{ shop }}"
